//! Examples of embedded players, posts and cards.

use crate::ingest::html::tests::{blocks, check};

fn embed(html: &str, url: &str) {
    check(html, &format!(r#"[{{"embed":"{url}"}}]"#));
}

#[test]
fn players_and_posts_of_many_makes_become_links() {
    embed("<lite-youtube videoid=abcdefghijk></lite-youtube>", "https://www.youtube.com/watch?v=abcdefghijk");
    embed(
        "<lite-youtube videoid=abcdefghijk><button>Play</button></lite-youtube>",
        "https://www.youtube.com/watch?v=abcdefghijk",
    );
    embed("<lite-vimeo videoid=12></lite-vimeo>", "https://vimeo.com/12");
    embed(
        "<iframe class=v data-src='https://v.qq.com/iframe/preview.html?vid=a001'></iframe>",
        "https://v.qq.com/x/page/a001.html",
    );
    embed(
        "<iframe data-lazy-src='https://www.youtube.com/embed/abcdefghijk' src=about:blank></iframe>",
        "https://www.youtube.com/watch?v=abcdefghijk",
    );
    embed(
        "<iframe src='//player.bilibili.com/player.html?bvid=BV1'></iframe>",
        "https://www.bilibili.com/video/BV1",
    );
    embed("<twitter-widget data-tweet-id=12></twitter-widget>", "https://twitter.com/i/web/status/12");
    embed("<div data-tweet-id=12></div>", "https://twitter.com/i/web/status/12");
    embed("<amp-twitter data-tweetid=12></amp-twitter>", "https://twitter.com/i/web/status/12");
    embed("<amp-instagram data-shortcode=Ab_1></amp-instagram>", "https://www.instagram.com/p/Ab_1");
    embed("<video-js data-src=/v.m3u8></video-js>", "https://a.example/v.m3u8");
    embed("<bilibili-player bvid=BV1></bilibili-player>", "https://www.bilibili.com/video/BV1");
    embed("<div class=player data-video-url=/v.mp4></div>", "https://a.example/v.mp4");
    embed("<figure class=media><oembed url='https://b.example/v'></oembed></figure>", "https://b.example/v");
    embed("<div class=fb-post data-href='https://b.example/p/1'></div>", "https://b.example/p/1");
    embed(
        "<blockquote class=instagram-media data-instgrm-permalink='https://b.example/p/1'></blockquote>",
        "https://b.example/p/1",
    );
    embed("<script src='https://gist.github.com/a/12.js'></script>", "https://gist.github.com/a/12");
    embed("<script async data-telegram-post='a/12' src=/w.js></script>", "https://t.me/a/12");
    embed("<object data=/f.pdf type=application/pdf></object>", "https://a.example/f.pdf");
    embed("<video><a href=/v.mp4>江</a></video>", "https://a.example/v.mp4");
    embed(
        r#"<div data-attrs='{"videoId":"abcdefghijk"}'></div>"#,
        "https://www.youtube.com/watch?v=abcdefghijk",
    );
}

#[test]
fn cards_keep_their_texts() {
    check(
        "<mpvoice name=江声 voice_encode_fileid=MzA src=/x></mpvoice>",
        r#"[{"p":["江声"]},{"embed":"https://res.wx.qq.com/voice/getvoice?mediaid=MzA"}]"#,
    );
    check(
        "<mp-common-videosnap data-nickname=渡口 data-desc=开船 data-url='https://b.example/1'></mp-common-videosnap>",
        r#"[{"p":["渡口",{"br":0},"开船"]},{"embed":"https://b.example/1"}]"#,
    );
    check("<mp-common-profile data-nickname=渡口 data-alias=d></mp-common-profile>", r#"[{"p":["渡口"]}]"#);
    check(
        "<lite-youtube videoid=abcdefghijk playlabel=渡口></lite-youtube>",
        r#"[{"p":["渡口"]},{"embed":"https://www.youtube.com/watch?v=abcdefghijk"}]"#,
    );
    check(
        r#"<div class=tweet data-attrs='{"url":"https://b.example/1","full_text":"江水退了","name":"渡口"}'></div>"#,
        r#"[{"p":["江水退了",{"br":0},"渡口"]},{"embed":"https://b.example/1"}]"#,
    );
}

#[test]
fn poster_of_a_video_is_shown() {
    check(
        "<video poster=/p.jpg><source src=/v.mp4></video>",
        r#"[{"fig":{"src":"https://a.example/p.jpg"}},{"embed":"https://a.example/v.mp4"}]"#,
    );
}

#[test]
fn page_does_not_embed_itself() {
    for html in [
        "<div class=fb-post data-href=''>江</div>",
        "<div class=fb-post data-href='#'>江</div>",
        "<blockquote class=tiktok-embed cite=' '>江</blockquote>",
        "<div data-video-url=''>江</div>",
        "<p>江</p><iframe src='#'></iframe>",
        "<p>江</p><video src=''></video>",
    ] {
        let shown = blocks(html);
        assert!(shown.contains("江") && !shown.contains("embed"), "{html}: {shown}");
    }
}

#[test]
fn frame_with_its_own_content_is_read() {
    check("<iframe srcdoc='<p>江</p><script>x</script>'></iframe>", r#"[{"p":["江"]}]"#);
    check("<iframe srcdoc='<script>x</script>' src=/f></iframe>", r#"[{"embed":"https://a.example/f"}]"#);
    check("<iframe srcdoc='<iframe srcdoc=江></iframe>水'></iframe>", r#"[{"p":["水"]}]"#);
}

#[test]
fn content_of_a_post_stands_for_it() {
    let link = r#"[{"quote":[{"p":[{"a":["https://b.example/p/1",["江"]]}]}]}]"#;
    check(
        "<blockquote class=instagram-media data-instgrm-permalink='https://b.example/p/1'><a href='https://b.example/p/1'>江</a></blockquote>",
        link,
    );
    check("<div data-video-url=/v><iframe src=/f></iframe></div>", r#"[{"embed":"https://a.example/f"}]"#);
    check("<p data-shortcode=gallery data-id=5>江</p><script src=/a.js></script>", r#"[{"p":["江"]}]"#);
}
