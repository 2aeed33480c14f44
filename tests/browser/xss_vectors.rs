//! XSS vectors: written ones and generated families.
//!
//! A script that runs requests `/canary/N` from the host, with the number of its vector. Vectors of other projects call
//! `alert` instead.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

/// XSS vector.
pub struct Vector {
    pub family: Cow<'static, str>,
    pub html: String,
}

/// Returns all vectors; each has its number in the canary URL.
pub fn vectors() -> Vec<Vector> {
    let mut all = Vectors::default();
    events(&mut all);
    schemes(&mut all);
    foreign(&mut all);
    confusions(&mut all);
    requests(&mut all);
    styles(&mut all);
    clobbering(&mut all);
    truncated(&mut all);
    written(&mut all);
    all.0
}

/// Returns the vectors in the file that `SHEAF_VECTORS` names: a JSON object with a list for each project, as
/// `tests/browser/fetched-vectors.mjs` writes it.
pub fn fetched_vectors() -> Vec<Vector> {
    let file = std::env::var_os("SHEAF_VECTORS").expect("SHEAF_VECTORS names a file");
    let lists: BTreeMap<String, Vec<String>> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let of_project = |(family, list): (String, Vec<String>)| {
        list.into_iter().map(move |html| Vector { family: family.clone().into(), html })
    };
    lists.into_iter().flat_map(of_project).collect()
}

#[derive(Default)]
struct Vectors(Vec<Vector>);

impl Vectors {
    /// Adds a vector; `RUN` is replaced by a script and `ASK` by a URL, both of the canary.
    fn add(&mut self, family: &'static str, html: impl Into<String>) {
        let canary = format!("/canary/{}", self.0.len());
        let html = html.into().replace("RUN", &format!("fetch('{canary}')")).replace("ASK", &canary);
        self.0.push(Vector { family: family.into(), html });
    }
}

const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "bgsound",
    "big",
    "blink",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "content",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fencedframe",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "image",
    "img",
    "input",
    "ins",
    "isindex",
    "kbd",
    "keygen",
    "label",
    "legend",
    "li",
    "link",
    "listing",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "menuitem",
    "meta",
    "meter",
    "multicol",
    "nav",
    "nextid",
    "nobr",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "picture",
    "plaintext",
    "portal",
    "pre",
    "progress",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "shadow",
    "slot",
    "small",
    "source",
    "spacer",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "xmp",
    "x-custom",
    "font-face",
    "annotation-xml",
];

const EVENTS: &[&str] = &[
    "onabort",
    "onafterprint",
    "onanimationend",
    "onanimationstart",
    "onauxclick",
    "onbeforecopy",
    "onbeforeinput",
    "onbeforematch",
    "onbeforeprint",
    "onbeforetoggle",
    "onbeforeunload",
    "onblur",
    "oncancel",
    "oncanplay",
    "onchange",
    "onclick",
    "onclose",
    "oncontentvisibilityautostatechange",
    "oncontextmenu",
    "oncopy",
    "oncuechange",
    "oncut",
    "ondblclick",
    "ondrag",
    "ondragend",
    "ondragenter",
    "ondragover",
    "ondragstart",
    "ondrop",
    "ondurationchange",
    "onended",
    "onerror",
    "onfinish",
    "onfocus",
    "onfocusin",
    "onfocusout",
    "onformdata",
    "onfullscreenchange",
    "ongotpointercapture",
    "onhashchange",
    "oninput",
    "oninvalid",
    "onkeydown",
    "onkeypress",
    "onkeyup",
    "onload",
    "onloadeddata",
    "onloadedmetadata",
    "onloadstart",
    "onmessage",
    "onmousedown",
    "onmouseenter",
    "onmouseleave",
    "onmousemove",
    "onmouseout",
    "onmouseover",
    "onmouseup",
    "onpagehide",
    "onpageshow",
    "onpaste",
    "onpause",
    "onplay",
    "onplaying",
    "onpointerdown",
    "onpointerenter",
    "onpointermove",
    "onpointerover",
    "onpointerrawupdate",
    "onpointerup",
    "onpopstate",
    "onprogress",
    "onratechange",
    "onrepeat",
    "onreset",
    "onresize",
    "onscroll",
    "onscrollend",
    "onsearch",
    "onseeked",
    "onselect",
    "onselectionchange",
    "onselectstart",
    "onshow",
    "onslotchange",
    "onstart",
    "onstorage",
    "onsubmit",
    "onsuspend",
    "ontimeupdate",
    "ontoggle",
    "ontouchend",
    "ontouchmove",
    "ontouchstart",
    "ontransitionend",
    "ontransitionrun",
    "onunhandledrejection",
    "onunload",
    "onvolumechange",
    "onwaiting",
    "onwebkitanimationend",
    "onwebkitfullscreenchange",
    "onwheel",
];

/// Every element with handlers, and every handler on clickable, focusable and loading elements.
fn events(all: &mut Vectors) {
    for element in ELEMENTS {
        all.add(
            "events",
            format!("<{element} onclick=\"RUN\" src=ASK.x onload=\"RUN\" onerror=\"RUN\">渡口</{element}>"),
        );
        all.add("events", format!("<{element} tabindex=0 autofocus onfocus=RUN style=display:block>渡口"));
        all.add("events", format!("<{element}\x0cONMOUSEOVER\n=\n'RUN'/onclick\t=\tRUN>渡口</{element}>"));
    }
    for event in EVENTS {
        for host in ["img src=x", "svg", "input autofocus", "details open", "body", "video controls src=x"] {
            all.add("events", format!("<{host} {event}=\"RUN\">渡口"));
        }
    }
}

/// Spellings of a URL that hide its scheme from filters.
fn obfuscations(url: &str) -> Vec<String> {
    let (scheme, rest) = url.split_once(':').unwrap_or((url, ""));
    let letters = |write: &dyn Fn(char) -> String| -> String { scheme.chars().map(write).collect() };
    let half = scheme.len() / 2;
    let (head, tail) = scheme.split_at(half);
    vec![
        url.to_owned(),
        format!("{}:{rest}", scheme.to_uppercase()),
        format!(" \t\n{url}"),
        format!("&#1;&#2;{url}"),
        format!("\u{a0}{url}"),
        format!("{head}\t{tail}:{rest}"),
        format!("{head}\n{tail}:{rest}"),
        format!("{head}&Tab;{tail}&colon;{rest}"),
        format!("{head}&NewLine;{tail}:{rest}"),
        format!("{head}&#0;{tail}:{rest}"),
        format!("{}:{rest}", letters(&|c| format!("&#{};", c as u32))),
        format!("{}:{rest}", letters(&|c| format!("&#x{:x}", c as u32))),
        format!("{}:{rest}", letters(&|c| format!("&#{:07}", c as u32))),
        format!("{scheme}&#58;{rest}"),
        format!("{scheme}\u{200b}:{rest}"),
        format!("{}:{rest}", letters(&|c| format!("%{:02x}", c as u32))),
        format!("view-source:{url}"),
        format!("feed:{url}"),
        format!("{scheme}://%0a{rest}"),
        format!("\u{feff}{url}"),
    ]
}

/// Script URLs in every attribute that takes a URL.
fn schemes(all: &mut Vectors) {
    const SINKS: &[&str] = &[
        "<a href=\"@\">渡口</a>",
        "<iframe src=\"@\"></iframe>",
        "<form action=\"@\"><button>渡口</button></form>",
        "<form><button formaction=\"@\">渡口</button></form>",
        "<object data=\"@\"></object>",
        "<embed src=\"@\">",
        "<svg><a xlink:href=\"@\"><text y=20>渡口</text></a></svg>",
        "<math><mtext href=\"@\" xlink:href=\"@\">渡口</mtext></math>",
        "<map name=m><area href=\"@\" shape=default></map><img usemap=#m src=x>",
        "<meta http-equiv=refresh content=\"0;url=@\">",
        "<img src=\"@\" srcset=\"@ 1x\" longdesc=\"@\">",
        "<blockquote cite=\"@\">渡口</blockquote>",
    ];
    let urls = ["javascript:RUN", "data:text/html,<script>RUN</script>", "vbscript:RUN"];
    for url in urls {
        for address in obfuscations(url) {
            for sink in SINKS {
                all.add("schemes", sink.replace('@', &address.replace('"', "&quot;")));
            }
        }
    }
    for url in [
        "blob:null/1",
        "filesystem:http://a.example/",
        "file:///etc/passwd",
        "about:blank",
        "jar:x",
        "ws://a.example",
    ] {
        SINKS.iter().for_each(|sink| all.add("schemes", sink.replace('@', url)));
    }
}

/// Scripts and links in SVG and MathML.
fn foreign(all: &mut Vectors) {
    for inner in [
        "<script>RUN</script>",
        "<script href=\"data:,RUN\" />",
        "<a href=x><animate attributeName=href values=javascript:RUN /><text y=20>渡口</text></a>",
        "<a href=x><set attributeName=href to=javascript:RUN /><text y=20>渡口</text></a>",
        "<animate onbegin=RUN attributeName=x dur=1s>",
        "<set onbegin=RUN attributeName=x>",
        "<animateTransform onbegin=RUN attributeName=transform>",
        "<use href=\"data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>RUN</script></svg>#x\" />",
        "<foreignObject><img src=x onerror=RUN></foreignObject>",
        "<foreignObject><iframe srcdoc=\"<script>RUN</script>\"></iframe></foreignObject>",
        "<image href=x onerror=RUN />",
        "<image xlink:href=\"data:image/svg+xml;base64,PHN2Zy8+\" onload=RUN />",
        "<style>@import 'ASK';</style>",
        "<handler xmlns:ev=http://www.w3.org/2001/xml-events ev:event=load>RUN</handler>",
        "<title><img src=x onerror=RUN></title>",
        "<desc><script>RUN</script></desc>",
        "<maction actiontype=statusline xlink:href=javascript:RUN>渡口</maction>",
        "<mglyph><style><img src=x onerror=RUN></style></mglyph>",
        "<annotation-xml encoding=text/html><script>RUN</script></annotation-xml>",
        "<semantics><annotation-xml encoding=application/xhtml+xml><img src=x onerror=RUN></annotation-xml></semantics>",
    ] {
        for outer in ["svg", "math", "svg onload=RUN", "svg><g", "math><mtext", "svg/onload=RUN", "div><svg"]
        {
            all.add("foreign", format!("<{outer}>{inner}"));
        }
    }
}

/// Nesting that parsers repair in different ways, also after serialising and parsing again.
fn confusions(all: &mut Vectors) {
    const OUTER: &[&str] = &[
        "math",
        "svg",
        "table",
        "select",
        "template",
        "noscript",
        "style",
        "title",
        "textarea",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "plaintext",
        "form",
        "svg><desc",
        "svg><foreignObject",
        "math><mtext",
        "math><mi",
        "math><annotation-xml encoding=\"text/html\"",
        "option",
        "p",
        "a href=x",
        "dl",
        "li",
        "frameset",
        "button",
    ];
    for outer in OUTER {
        for inner in OUTER {
            let element = |open: &str| {
                open.rsplit('<').next().unwrap_or(open).split(' ').next().unwrap_or("").to_owned()
            };
            let (a, b) = (element(outer), element(inner));
            all.add(
                "confusions",
                format!("<{outer}><{inner}></{a}><img src=x onerror=RUN></{b}><script>RUN</script>"),
            );
        }
    }
    for raw in ["style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "script"] {
        for around in [
            "<math><mtext><table><mglyph>",
            "<svg><p>",
            "<form><math><mtext></form><form><mglyph>",
            "<select><option>",
            "<!--",
            "<![CDATA[",
            "",
        ] {
            all.add(
                "confusions",
                format!("{around}<{raw}><a title=\"</{raw}><img src=x onerror=RUN>\">渡口</a>"),
            );
            all.add("confusions", format!("{around}<{raw}><!--</{raw}><img src=x onerror=RUN>-->"));
        }
    }
}

/// Elements that make requests by themselves.
fn requests(all: &mut Vectors) {
    for html in [
        "<link rel=stylesheet href=ASK>",
        "<link rel=preload as=fetch href=ASK>",
        "<link rel=prefetch href=ASK>",
        "<link rel=modulepreload href=ASK>",
        "<link rel=icon href=ASK>",
        "<link rel=manifest href=ASK>",
        "<link rel=import href=ASK>",
        "<script src=ASK></script>",
        "<script type=module src=ASK></script>",
        "<iframe src=ASK></iframe>",
        "<frameset><frame src=ASK></frameset>",
        "<object data=ASK></object>",
        "<embed src=ASK>",
        "<video src=ASK autoplay></video>",
        "<video poster=ASK></video>",
        "<audio src=ASK autoplay></audio>",
        "<video autoplay><source src=ASK></video>",
        "<video src=x><track default src=ASK></video>",
        "<input type=image src=ASK>",
        "<body background=ASK>",
        "<table background=ASK><tr><td background=ASK>渡口</td></tr></table>",
        "<img src=ASK>",
        "<img srcset='ASK 1x'>",
        "<picture><source srcset=ASK><img src=x></picture>",
        "<image src=ASK>",
        "<svg><image href=ASK /></svg>",
        "<svg><use href=ASK#a /></svg>",
        "<svg><filter><feImage href=ASK /></filter></svg>",
        "<meta http-equiv=refresh content='0;url=ASK'>",
        "<base href=ASK><img src=x>",
        "<a ping=ASK href=x>渡口</a>",
        "<portal src=ASK></portal>",
        "<applet code=ASK></applet>",
        "<bgsound src=ASK>",
        "<img dynsrc=ASK lowsrc=ASK>",
        "<iframe srcdoc='<img src=ASK>'></iframe>",
        "<template shadowrootmode=open><img src=ASK></template>",
        "<style>@import url(ASK);</style>",
        "<style>*{background:url(ASK)}</style>",
        "<style>@font-face{font-family:f;src:url(ASK)}*{font-family:f}</style>",
        "<div style='background:url(ASK)'>渡口</div>",
        "<div style='list-style-image:url(ASK);display:list-item'>渡口</div>",
        "<div style='cursor:url(ASK),auto'>渡口</div>",
        "<div style='background:image-set(\"ASK\" 1x)'>渡口</div>",
        "<div style='border-image:url(ASK)'>渡口</div>",
        "<div style='content:url(ASK)'>渡口</div>",
        "<div style='mask:url(ASK)'>渡口</div>",
        "<div style='filter:url(ASK#f)'>渡口</div>",
    ] {
        all.add("requests", html);
        all.add("requests", format!("<noscript>{html}</noscript>"));
        all.add("requests", format!("<svg><foreignObject>{html}"));
    }
}

/// Styles that run scripts, make requests or cover the interface.
fn styles(all: &mut Vectors) {
    for style in [
        "position:fixed;inset:0;z-index:2147483647;background:red",
        "position:absolute;top:-9999px",
        "margin:-5000px",
        "transform:scale(99)",
        "width:expression(RUN)",
        "-moz-binding:url(ASK)",
        "behavior:url(ASK)",
        "background:url(javascript:RUN)",
        "font-size:9999px",
        "display:none",
        "pointer-events:none",
        "animation:x 1s;background:url(ASK)",
        "float:left;height:99999px",
        "opacity:0",
        "visibility:hidden",
        "width:9999em",
        "writing-mode:vertical-rl",
        "direction:rtl;unicode-bidi:bidi-override",
        "zoom:50",
        "all:unset",
        "anchor-name:--x;position:fixed;top:0",
        "view-transition-name:root",
        "contain:none;position:sticky;top:0",
    ] {
        for element in [
            "div",
            "p",
            "a href=https://a.example/",
            "img src=data:,",
            "table",
            "h2",
            "ul",
            "blockquote",
            "svg",
        ] {
            all.add(
                "styles",
                format!("<{element} style=\"{style}\" class='mast dock sheet btn row is-current'>渡口"),
            );
        }
    }
}

/// Element names that shadow DOM properties.
fn clobbering(all: &mut Vectors) {
    for name in [
        "sheaf",
        "app",
        "list",
        "read",
        "start-text",
        "document",
        "location",
        "body",
        "head",
        "documentElement",
        "getElementById",
        "querySelector",
        "createElement",
        "defaultView",
        "cookie",
        "forms",
        "history",
        "fetch",
        "crypto",
        "navigator",
        "localStorage",
        "indexedDB",
        "parentNode",
        "attributes",
        "childNodes",
        "nodeName",
        "addEventListener",
        "removeChild",
        "insertBefore",
        "__proto__",
        "constructor",
        "toString",
        "n-sheaf",
    ] {
        for element in ["form", "img", "a href=https://a.example/", "iframe", "object", "embed", "input", "p"]
        {
            all.add(
                "clobbering",
                format!(
                    "<{element} id=\"{name}\" name=\"{name}\">渡口</{}>",
                    element.split(' ').next().unwrap_or("")
                ),
            );
        }
    }
}

/// Truncated markup.
fn truncated(all: &mut Vectors) {
    for html in [
        "<img src=x onerror=\"RUN\">渡口",
        "<a href=\"javascript:RUN\">渡口</a>",
        "<svg onload='RUN'>渡口",
        "<scr\0ipt>RUN</script>",
        "<script\u{b}>RUN</script>",
        "<!--><img src=x onerror=RUN>-->",
        "<img/src=x/onerror=RUN//",
    ] {
        let ends: Vec<usize> = html.char_indices().map(|(at, _)| at).filter(|at| *at > 3).collect();
        for end in ends {
            all.add("truncated", &html[..end]);
            all.add("truncated", format!("{}<p>后</p>", &html[..end]));
        }
    }
}

/// Vectors outside the families.
fn written(all: &mut Vectors) {
    for html in [
        "<script>RUN</script>",
        "<SCRIPT>RUN</SCRIPT >",
        "<script/x>RUN</script>",
        "<<script>RUN//<</script>",
        "<script>/*</script><img src=x onerror=RUN>*/",
        "<b <script>RUN</script>0",
        "＜script＞RUN＜/script＞",
        "\u{2028}<script>RUN</script>",
        "+ADw-script+AD4-RUN+ADw-/script+AD4-",
        "%3Cscript%3ERUN%3C/script%3E",
        "&lt;script&gt;RUN&lt;/script&gt;",
        "&amp;lt;img src=x onerror=RUN&amp;gt;",
        "<?xml-stylesheet href='javascript:RUN'?>",
        "<?php echo '<script>RUN</script>' ?>",
        "<!DOCTYPE x [<!ENTITY a '<script>RUN</script>'>]>&a;",
        "<![if true]><script>RUN</script><![endif]>",
        "<!--[if IE]><script>RUN</script><![endif]-->",
        "<xss style=display:block onclick=RUN>渡口</xss>",
        "<div contenteditable oninput=RUN>渡口</div>",
        "<input type=hidden accesskey=X onclick=RUN>",
        "<a accesskey=s href=javascript:RUN>渡口</a>",
        "<button popovertarget=p>渡口</button><div popover id=p onbeforetoggle=RUN>渡口</div>",
        "<dialog open>渡口<form method=dialog><button>渡口</button></form></dialog>",
        "<marquee onstart=RUN>渡口</marquee>",
        "<isindex type=image src=x onerror=RUN>",
        "<details open ontoggle=RUN>渡口</details>",
        "[渡口](javascript:RUN)",
        "![x](javascript:RUN)",
        "<p title='\"><script>RUN</script>'>渡口</p>",
        "<img alt='\"><img src=x onerror=RUN>' src=x>",
        "<img src=`x`onerror=RUN>",
        "<img src='x'onerror='RUN'>",
        "<table><script>RUN</script><tr><td onclick=RUN>渡口</td></tr></table>",
        "</p><script>RUN</script><p>",
        "</article></main></div><script>RUN</script>",
        "<iframe src='//canary.example/ASK'></iframe>",
        "<a href='//a.example' target=_self onclick=RUN>渡口</a>",
        "<a href='#/a/../../x' onclick=RUN>渡口</a>",
        "<a href='#/?q=x\"onmouseover=RUN'>渡口</a>",
        "<object type=text/x-scriptlet data=ASK></object>",
        "<embed type=image/svg+xml src=\"data:image/svg+xml,<svg onload=RUN xmlns='http://www.w3.org/2000/svg'/>\">",
    ] {
        all.add("written", html);
    }
    for control in (0u8..0x20).chain([0x7f]) {
        let mut html = String::new();
        let _ = write!(html, "<img{0}src=x{0}onerror{0}={0}RUN{0}>渡口", control as char);
        all.add("written", html);
        all.add("written", format!("<a href=\"{}javascript:RUN\">渡口</a>", control as char));
    }
    for depth in [50, 500, 2_000] {
        for (open, close) in [
            ("<div>", "</div>"),
            ("<b><p>", ""),
            ("<table><tr><td>", ""),
            ("<svg>", ""),
            ("<blockquote>", ""),
        ] {
            all.add(
                "written",
                format!("{}<img src=x onerror=RUN>渡口{}", open.repeat(depth), close.repeat(depth)),
            );
        }
    }
}
