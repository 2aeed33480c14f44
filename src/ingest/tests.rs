use super::*;
use crate::model::Block;

const SEED: &[u8] = include_bytes!("../../seeds/000_6cbfbc67556956b9.txt");

#[test]
fn seed_article_is_fully_parsed() {
    let read = ingest("000_6cbfbc67556956b9.txt", SEED).unwrap();
    let article = &read.article;
    assert_eq!(article.title, "俄罗斯外长访北京和平壤为俄总统普京铺路");
    assert_eq!(article.source, "rfi.fr");
    assert_eq!(article.lang, crate::model::Lang::ZhHans);
    assert_eq!(article.time.unwrap().to_string(), "2023-10-16T15:45:01Z");
    assert_eq!(article.dateline.as_deref(), Some("16/10/2023 - 17:26"));
    let blocks = &article.body.blocks;
    assert!(matches!(&blocks[0], Block::Lead(_)), "{:?}", blocks[0]);
    assert!(matches!(&blocks[1], Block::Figure(_)), "{:?}", blocks[1]);
    assert_eq!(blocks.len(), 11);
    assert!(blocks[2..].iter().all(|block| matches!(block, Block::Paragraph(_))));
    assert!(!article.text().contains("分享"));
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..Default::default() })]

    #[test]
    fn arbitrary_bytes_give_an_article_or_an_error(bytes: Vec<u8>, head: bool) {
        let mut file = if head { b"<!--1697471101000-->\n[a](https://a.example/1)\n------\n\n".to_vec() } else { vec![] };
        file.extend(bytes);
        if let Ok(read) = ingest("a/b.md", &file) {
            assert!(!read.article.title.is_empty());
        }
    }
}

#[test]
fn hostile_files_take_linear_time() {
    // Quadratic time would take minutes here.
    for part in [
        "<div>",
        "<b id=1><p>",
        "<p x='",
        "<a ",
        "<!--",
        "<table><td>",
        "&lt;",
        "</p>",
        "<![CDATA[",
        "<b a=1 b=2 c=3>x",
    ] {
        let file =
            format!("<!--1697471101000-->\n[a](https://a.example/1)\n------\n\n{}", part.repeat(50_000));
        ingest("a.md", file.as_bytes()).unwrap();
    }
}
