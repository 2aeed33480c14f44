//! What the player of an article says. `{}` is filled in.

/// The texts of the player.
pub struct ListenTexts {
    /// The button that opens it, and what it is.
    pub listen: &'static str,
    /// Goes on.
    pub play: &'static str,
    /// Pauses.
    pub pause: &'static str,
    /// To the sentence before.
    pub back: &'static str,
    /// To the next sentence.
    pub on: &'static str,
    /// To the paragraph before.
    pub paragraph_back: &'static str,
    /// To the next paragraph.
    pub paragraph_on: &'static str,
    /// The number of the sentence and how many there are.
    pub at: &'static str,
    /// Shows the sentence on the page.
    pub here: &'static str,
    /// The speed.
    pub rate: &'static str,
    /// The voice.
    pub voice: &'static str,
    /// As long as no voice is chosen.
    pub choose: &'static str,
    /// After the name of a voice that is a service.
    pub online: &'static str,
    /// Goes on with the next article.
    pub onward: &'static str,
    /// Closes the player.
    pub close: &'static str,
    /// The browser cannot speak.
    pub unable: &'static str,
    /// The device has no voice for a language.
    pub no_voice: &'static str,
    /// It has only voices that are services.
    pub only_online: &'static str,
    /// The chosen voice is a service.
    pub sends: &'static str,
    /// The voice failed.
    pub failed: &'static str,
}

pub(super) static HANS: ListenTexts = ListenTexts {
    listen: "朗读",
    play: "播放",
    pause: "暂停",
    back: "上一句",
    on: "下一句",
    paragraph_back: "上一段",
    paragraph_on: "下一段",
    at: "第 {} / {} 句",
    here: "回到正在读的句子",
    rate: "语速",
    voice: "声音",
    choose: "选一个声音",
    online: " · 在线",
    onward: "接着读下一篇",
    close: "关闭朗读",
    unable: "这个浏览器不能朗读。",
    no_voice: "这台设备没有能读{}的声音。在系统设置里添加之后，就可以在这里朗读。",
    only_online: "这台设备上能读{}的只有在线声音：选用之后，文章会发给提供声音的公司。",
    sends: "这是在线声音：读到的文字会发给提供它的公司。",
    failed: "声音中断了。再按播放，或换一个声音。",
};

pub(super) static HANT: ListenTexts = ListenTexts {
    listen: "朗讀",
    play: "播放",
    pause: "暫停",
    back: "上一句",
    on: "下一句",
    paragraph_back: "上一段",
    paragraph_on: "下一段",
    at: "第 {} / {} 句",
    here: "回到正在讀的句子",
    rate: "語速",
    voice: "聲音",
    choose: "選一個聲音",
    online: " · 線上",
    onward: "接著讀下一篇",
    close: "關閉朗讀",
    unable: "這個瀏覽器不能朗讀。",
    no_voice: "這部裝置沒有能讀{}的聲音。在系統設定裡加入之後，就可以在這裡朗讀。",
    only_online: "這部裝置上能讀{}的只有線上聲音：選用之後，文章會傳給提供聲音的公司。",
    sends: "這是線上聲音：讀到的文字會傳給提供它的公司。",
    failed: "聲音中斷了。再按播放，或換一個聲音。",
};

pub(super) static EN: ListenTexts = ListenTexts {
    listen: "Listen",
    play: "Play",
    pause: "Pause",
    back: "Previous sentence",
    on: "Next sentence",
    paragraph_back: "Previous paragraph",
    paragraph_on: "Next paragraph",
    at: "{} of {}",
    here: "Show the sentence that is read",
    rate: "Speed",
    voice: "Voice",
    choose: "Choose a voice",
    online: " · online",
    onward: "Then the next article",
    close: "Stop listening",
    unable: "This browser cannot read aloud.",
    no_voice: "This device has no voice for {}. Once one is added in the system’s settings, it can be used here.",
    only_online: "This device has only online voices for {}: they send the article to the company that offers them.",
    sends: "This is an online voice: what it reads is sent to the company that offers it.",
    failed: "The voice broke off. Press play again, or choose another voice.",
};
