//! Texts of the player. `{}` is a placeholder.

use super::{fill, format_number};

pub struct ListenTexts {
    pub listen: &'static str,
    pub play: &'static str,
    pub pause: &'static str,
    pub previous_sentence: &'static str,
    pub next_sentence: &'static str,
    pub previous_paragraph: &'static str,
    pub next_paragraph: &'static str,
    position: &'static str,
    pub show_sentence: &'static str,
    pub rate: &'static str,
    pub voice: &'static str,
    pub choose_voice: &'static str,
    /// Suffix of voices that are online services.
    pub online: &'static str,
    pub continue_with_next: &'static str,
    pub close: &'static str,
    pub unsupported: &'static str,
    /// The device has no voice for the language.
    no_voice: &'static str,
    /// The device has only online voices for the language.
    only_online: &'static str,
    /// Warning about an online voice.
    pub online_warning: &'static str,
    pub failed: &'static str,
}

impl ListenTexts {
    pub fn position(&self, current: u64, count: u64) -> String {
        fill(self.position, &[&format_number(current), &format_number(count)])
    }

    pub fn no_voice(&self, language: &str) -> String {
        fill(self.no_voice, &[language])
    }

    pub fn only_online(&self, language: &str) -> String {
        fill(self.only_online, &[language])
    }
}

pub(super) static HANS: ListenTexts = ListenTexts {
    listen: "朗读",
    play: "播放",
    pause: "暂停",
    previous_sentence: "上一句",
    next_sentence: "下一句",
    previous_paragraph: "上一段",
    next_paragraph: "下一段",
    position: "第 {} / {} 句",
    show_sentence: "回到正在朗读的句子",
    rate: "语速",
    voice: "语音",
    choose_voice: "选择语音",
    online: " · 在线",
    continue_with_next: "连续朗读",
    close: "关闭朗读",
    unsupported: "这个浏览器不支持朗读。",
    no_voice: "本机没有能朗读{}的语音。在系统设置中添加后即可使用。",
    only_online: "本机只有在线语音能朗读{}：使用时，文章会发送给语音提供商。",
    online_warning: "这是在线语音：朗读的文字会发送给语音提供商。",
    failed: "朗读已中断。请再按播放，或换一种语音。",
};

pub(super) static HANT: ListenTexts = ListenTexts {
    listen: "朗讀",
    play: "播放",
    pause: "暫停",
    previous_sentence: "上一句",
    next_sentence: "下一句",
    previous_paragraph: "上一段",
    next_paragraph: "下一段",
    position: "第 {} / {} 句",
    show_sentence: "回到正在朗讀的句子",
    rate: "語速",
    voice: "語音",
    choose_voice: "選擇語音",
    online: " · 線上",
    continue_with_next: "連續朗讀",
    close: "關閉朗讀",
    unsupported: "這個瀏覽器不支援朗讀。",
    no_voice: "這台裝置沒有能朗讀{}的語音。在系統設定中加入後即可使用。",
    only_online: "這台裝置只有線上語音能朗讀{}：使用時，文章會傳送給語音供應商。",
    online_warning: "這是線上語音：朗讀的文字會傳送給語音供應商。",
    failed: "朗讀已中斷。請再按播放，或換一種語音。",
};

pub(super) static EN: ListenTexts = ListenTexts {
    listen: "Listen",
    play: "Play",
    pause: "Pause",
    previous_sentence: "Previous sentence",
    next_sentence: "Next sentence",
    previous_paragraph: "Previous paragraph",
    next_paragraph: "Next paragraph",
    position: "{} of {}",
    show_sentence: "Go to the current sentence",
    rate: "Speed",
    voice: "Voice",
    choose_voice: "Choose a voice",
    online: " · online",
    continue_with_next: "Autoplay",
    close: "Stop listening",
    unsupported: "This browser can’t read aloud.",
    no_voice: "This device has no voice for {}. Add one in the system settings to use it here.",
    only_online: "This device has only online voices for {}. They send the article to the voice provider.",
    online_warning: "This is an online voice: the text is sent to the voice provider.",
    failed: "Listening was interrupted. Press play again, or choose another voice.",
};
