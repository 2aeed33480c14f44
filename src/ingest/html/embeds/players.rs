//! Pages of players: a bare player shows neither title nor comments.

use url::Url;

/// Returns the page that shows what the player at `url` plays.
pub(super) fn watch_url(url: &Url) -> Option<String> {
    match wrapped(url) {
        Some(inner) => Some(page(&inner).unwrap_or_else(|| inner.into())),
        None => page(url),
    }
}

fn site(url: &Url) -> Option<&str> {
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

fn query(url: &Url, name: &str) -> Option<String> {
    let (_, value) = url.query_pairs().find(|(known, _)| known == name)?;
    Some(value.into_owned()).filter(|value| !value.is_empty())
}

/// Returns the page in the query of a player for other sites.
fn wrapped(url: &Url) -> Option<Url> {
    let name = match site(url)? {
        "cdn.embedly.com" => "url",
        "w.soundcloud.com" => "url",
        "facebook.com" if url.path().starts_with("/plugins/") => "href",
        _ => return None,
    };
    let inner = query(url, name).or_else(|| query(url, "src"))?;
    let is_page = |inner: &Url| {
        matches!(inner.scheme(), "http" | "https")
            && !inner.host_str().is_some_and(|host| host.starts_with("api."))
    };
    Url::parse(&inner).ok().filter(is_page)
}

fn page(url: &Url) -> Option<String> {
    let id_after = |start: &str| {
        let id = url.path().strip_prefix(start)?.split('/').next()?;
        Some(id.trim_end_matches(".html")).filter(|id| is_id(id))
    };
    let id_in = |name: &str| query(url, name).filter(|id| is_id(id));
    Some(match site(url)? {
        "youtube.com" | "youtube-nocookie.com" => {
            let id = id_after("/embed/").filter(|id| id.len() == 11)?;
            format!("https://www.youtube.com/watch?v={id}")
        }
        "player.vimeo.com" => format!("https://vimeo.com/{}", id_after("/video/")?),
        "dailymotion.com" => format!("https://www.dailymotion.com/video/{}", id_after("/embed/video/")?),
        "player.bilibili.com" => match id_in("bvid") {
            Some(id) => format!("https://www.bilibili.com/video/{id}"),
            None => format!("https://www.bilibili.com/video/av{}", id_in("aid")?),
        },
        "v.qq.com" if url.path().contains("/iframe/") => {
            format!("https://v.qq.com/x/page/{}.html", id_in("vid")?)
        }
        "player.youku.com" => format!("https://v.youku.com/v_show/id_{}.html", id_after("/embed/")?),
        "ixigua.com" => format!("https://www.ixigua.com/{}", id_after("/iframe/")?),
        "platform.twitter.com" => format!("https://twitter.com/i/web/status/{}", id_in("id")?),
        "music.163.com" if url.path().starts_with("/outchain/") => match query(url, "type").as_deref() {
            Some("2") => format!("https://music.163.com/song?id={}", id_in("id")?),
            _ => return None,
        },
        "open.spotify.com" => format!("https://open.spotify.com/{}", url.path().strip_prefix("/embed/")?),
        _ => return None,
    })
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_lead_to_their_pages() {
        for (player, expected) in [
            (
                "https://www.youtube.com/embed/abcdefghijk?rel=0",
                "https://www.youtube.com/watch?v=abcdefghijk",
            ),
            (
                "https://player.bilibili.com/player.html?aid=1&bvid=BV1&page=1",
                "https://www.bilibili.com/video/BV1",
            ),
            ("https://player.bilibili.com/player.html?aid=12", "https://www.bilibili.com/video/av12"),
            ("https://v.qq.com/txp/iframe/player.html?vid=a001", "https://v.qq.com/x/page/a001.html"),
            ("https://player.youku.com/embed/XMQ==", "https://v.youku.com/v_show/id_XMQ==.html"),
            ("https://player.vimeo.com/video/12?h=1", "https://vimeo.com/12"),
            (
                "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=12",
                "https://twitter.com/i/web/status/12",
            ),
            (
                "https://cdn.embedly.com/widgets/media.html?src=x&url=https%3A%2F%2Fwww.youtube.com%2Fembed%2Fabcdefghijk",
                "https://www.youtube.com/watch?v=abcdefghijk",
            ),
            (
                "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fposts%2F1",
                "https://www.facebook.com/a/posts/1",
            ),
        ] {
            assert_eq!(watch_url(&Url::parse(player).unwrap()).as_deref(), Some(expected), "{player}");
        }
        for other in [
            "https://www.youtube.com/watch?v=abcdefghijk",
            "https://v.qq.com/x/page/a.html",
            "https://a.example/embed/1",
        ] {
            assert_eq!(watch_url(&Url::parse(other).unwrap()), None, "{other}");
        }
    }
}
