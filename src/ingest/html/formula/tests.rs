//! Examples of formulas and the resulting text.

use super::tex_text;
use crate::ingest::html::tests::check;

fn text(html: &str, expected: &str) {
    check(&format!("<p>江{html}水</p>"), &format!(r#"[{{"p":["江{expected}水"]}}]"#));
}

fn math(content: &str, expected: &str) {
    text(&format!("<math>{content}</math>"), expected);
}

#[test]
fn parts_of_a_formula_are_told_apart() {
    math("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2");
    math("<mn>3</mn><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>x</mi>", "3 1/2 x");
    math(
        "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mrow><mn>2</mn><mi>c</mi></mrow></mfrac>",
        "(a+b)/(2c)",
    );
    math(
        "<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msup><mi>e</mi><mrow><mo>-</mo><mi>t</mi></mrow></msup>",
        "x²+e^(-t)",
    );
    math("<msup><mrow><mi>a</mi><mi>b</mi></mrow><mn>2</mn></msup>", "(ab)²");
    math("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", "H₂O");
    math("<msubsup><mi>a</mi><mi>i</mi><mn>2</mn></msubsup>", "a_i²");
    math("<msub><mi>a</mi><mi>k</mi></msub><msub><mi>b</mi><mi>k</mi></msub>", "a_k b_k");
    math("<msqrt><mn>2</mn></msqrt><mo>,</mo><msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√2,√(a+b)");
    math("<mroot><mn>8</mn><mn>3</mn></mroot><mo>,</mo><mroot><mi>x</mi><mi>n</mi></mroot>", "∛8,ⁿ√x");
    math(
        "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
        "∑_(i=1)ⁿ i",
    );
    math("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", "sin x");
    math("<mover><mi>v</mi><mo>→</mo></mover><mover><mi>x</mi><mo>¯</mo></mover>", "v\u{20d7}x\u{305}");
    math("<msup><mn>90</mn><mo>∘</mo></msup><msup><mi>f</mi><mo>′</mo></msup>", "90°f′");
    math(
        "<mfenced><mi>a</mi><mi>b</mi></mfenced><mo>[</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable><mo>]</mo>",
        "(a,b)[1 2; 3]",
    );
    math(
        "<mmultiscripts><mi>C</mi><none/><none/><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>",
        "₆¹⁴C",
    );
    math("<mi>x</mi><mo>=</mo><mn>1</mn>", "x=1");
}

#[test]
fn formula_in_several_forms_is_shown_once() {
    let mml = "<math><semantics><mrow><mi>F</mi><mo>=</mo><mi>m</mi><mi>a</mi></mrow><annotation encoding='application/x-tex'>F=ma</annotation></semantics></math>";
    text(
        &format!(
            "<span class=katex><span class=katex-mathml>{mml}</span><span class=katex-html aria-hidden=true>F=ma</span></span>"
        ),
        "F=ma",
    );
    text(
        &format!(
            "<span class=mwe-math-element><span class='mwe-math-mathml-inline mwe-math-mathml-a11y' style='display: none;'>{mml}</span><img src=/m.svg class=mwe-math-fallback-image-inline alt='F=ma'></span>"
        ),
        "F=ma",
    );
    text(
        &format!(
            "<span class=MathJax_Preview>F = ma</span><span class=MathJax><nobr aria-hidden=true>F=ma</nobr><span class=MJX_Assistive_MathML>{mml}</span></span><script type='math/tex'>F=ma</script>"
        ),
        "F=ma",
    );
    text("<span class=MathJax><nobr>F</nobr></span><script type='math/tex'>F=ma</script>", "F=ma");
    text(
        "<span class=MathJax data-mathml='&lt;math&gt;&lt;mi&gt;F&lt;/mi&gt;&lt;/math&gt;'><nobr>G</nobr></span>",
        "F",
    );
    text(
        &format!(
            "<mjx-container jax=SVG><svg><g><text>G</text></g></svg><mjx-assistive-mml>{mml}</mjx-assistive-mml></mjx-container>"
        ),
        "F=ma",
    );
    text(
        "<mjx-container jax=CHTML><mjx-math><mjx-mi><mjx-c class=mjx-c78></mjx-c></mjx-mi></mjx-math></mjx-container>",
        "x",
    );
    text("<span class=ztext-math data-tex='x^2'><svg><text>x</text></svg></span>", "x²");
    text("<script type='math/tex'>x^{2}</script>", "x²");
    text("<script type='math/mml'><math><mi>x</mi></math></script>", "x");
}

#[test]
fn display_formula_is_a_paragraph() {
    check("<p>江<math display=block><mi>x</mi></math>水</p>", r#"[{"p":["江"]},{"p":["x"]},{"p":["水"]}]"#);
    check(
        "<p>江<script type='math/tex; mode=display'>x</script>水</p>",
        r#"[{"p":["江"]},{"p":["x"]},{"p":["水"]}]"#,
    );
}

#[test]
fn words_around_a_formula_stay_apart() {
    check(
        "<p>flip<math><mi>n</mi></math>coins, the <math><mi>n</mi></math>th</p>",
        r#"[{"p":["flip n coins, the nth"]}]"#,
    );
}

#[test]
fn other_content_in_a_formula_is_kept() {
    check(
        "<math><mtext><img src=/i.png alt=渡口></mtext></math>",
        r#"[{"fig":{"src":"https://a.example/i.png","alt":"渡口"}}]"#,
    );
    check("<math><mi>x</mi><annotation-xml>y</annotation-xml></math>", r#"[{"p":["x"]}]"#);
    check("<p>江<annotation-xml>水</annotation-xml></p>", r#"[{"p":["江水"]}]"#);
    check("<p><math alttext='x^2'><mspace/></math></p>", r#"[{"p":["x²"]}]"#);
}

#[test]
fn tex_becomes_text_where_text_can_say_it() {
    for (tex, text) in [
        (r"{\displaystyle x>0}", "x>0"),
        (r"$\frac{1}{2}$", "1/2"),
        (r"\(\frac{a+b}{2c}\)", "(a+b)/(2c)"),
        (r"\pi r^{2}", "πr²"),
        (r"a_{ij}^{n+1}", "a_(ij)ⁿ⁺¹"),
        (r"\sqrt{2}+\sqrt[3]{x}", "√2+³√x"),
        (r"\sum_{i=1}^n \mathrm{d}x \le \infty", "∑_(i=1)ⁿ dx ≤∞"),
        (r"\sin x", "sin x"),
        (r"\begin{matrix}1\end{matrix}", r"\begin{matrix}1\end{matrix}"),
        (r"x_", "x_"),
        (r"{x", "{x"),
        ("", ""),
    ] {
        assert_eq!(tex_text(tex), text, "{tex}");
    }
    let deep = format!("{}x{}", "{".repeat(5000), "}".repeat(5000));
    assert_eq!(tex_text(&deep), deep);
}
