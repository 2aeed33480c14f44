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
    show_sentence: "回到正在读的句子",
    rate: "语速",
    voice: "声音",
    choose_voice: "选一个声音",
    online: " · 在线",
    continue_with_next: "接着读下一篇",
    close: "关闭朗读",
    unsupported: "这个浏览器不能朗读。",
    no_voice: "这台设备没有能读{}的声音。在系统设置里添加之后，就可以在这里朗读。",
    only_online: "这台设备上能读{}的只有在线声音：选用之后，文章会发给提供声音的公司。",
    online_warning: "这是在线声音：读到的文字会发给提供它的公司。",
    failed: "声音中断了。再按播放，或换一个声音。",
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
    show_sentence: "回到正在讀的句子",
    rate: "語速",
    voice: "聲音",
    choose_voice: "選一個聲音",
    online: " · 線上",
    continue_with_next: "接著讀下一篇",
    close: "關閉朗讀",
    unsupported: "這個瀏覽器不能朗讀。",
    no_voice: "這部裝置沒有能讀{}的聲音。在系統設定裡加入之後，就可以在這裡朗讀。",
    only_online: "這部裝置上能讀{}的只有線上聲音：選用之後，文章會傳給提供聲音的公司。",
    online_warning: "這是線上聲音：讀到的文字會傳給提供它的公司。",
    failed: "聲音中斷了。再按播放，或換一個聲音。",
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
    show_sentence: "Show the sentence that is read",
    rate: "Speed",
    voice: "Voice",
    choose_voice: "Choose a voice",
    online: " · online",
    continue_with_next: "Then the next article",
    close: "Stop listening",
    unsupported: "This browser cannot read aloud.",
    no_voice: "This device has no voice for {}. Once one is added in the system’s settings, it can be used here.",
    only_online: "This device has only online voices for {}: they send the article to the company that offers them.",
    online_warning: "This is an online voice: what it reads is sent to the company that offers it.",
    failed: "The voice broke off. Press play again, or choose another voice.",
};
