//! Query parameters that track a visit and do not identify the page.
//!
//! A parameter is listed only if its name, or its name and value, has no other use. Names that some sites use for
//! their pages, such as `from`, `source` or `id`, are listed with values or for single sites.

/// Tracking parameters by site, in lower case and separated by spaces. The site is the end of a host; those of the
/// empty site apply everywhere. A final `*` stands for any rest, and `name=value` matches that value alone.
pub const TRACKING_PARAMETERS: &[(&str, &str)] = &[
    // Campaigns, advertisements, newsletters, social networks, publishers, Chinese applications, sessions.
    (
        "",
        "utm_* mtm_* matomo_* piwik_* pk_campaign pk_cid pk_content pk_keyword pk_kwd pk_medium pk_source \
         at_campaign* at_custom* at_medium at_link_id at_link_origin at_link_type at_ptr_name at_bbc_team at_format \
         xtor s_cid hsa_* _hsenc _hsmi __hssc __hstc __hsfp hsctatracking wt_mc wt_zmc ns_campaign ns_fee \
         ns_linkname ns_mchannel ns_source _ga _gl gaa_* \
         dclid fbclid gad_campaignid gad_source gbraid gclid gclsrc li_fat_id msclkid rb_clickid rdt_cid srsltid \
         ttclid twclid wbraid yclid ysclid _openstat bd_vid qhclickid zanpid \
         mc_cid mc_eid mkt_tok ml_subscriber* oly_anon_id oly_enc_id vero_* wickedid \
         __tn__ __twitter_impression _branch_match_id _branch_referrer epik fb_action_ids fb_action_types fb_ref \
         fb_source igsh igshid mibextid ref_src ref_url sfnsn \
         cmp=share_* emc=rss guccounter guce_referrer* ocid ref=rss source=rss* smtyp soc_src soc_trk sr_share \
         amp_js_v usqp \
         spm spm_id_from from=timeline from=singlemessage from=groupmessage from=message from=appmsg \
         from=mobileqq from=weixin from=wechat from=weibo from=qzone from=rss isappinstalled nsukey mpshare \
         wechatshareparams vd_source share_from share_medium share_plat share_session_id share_source share_tag \
         share_times sharer_share* tt_from tt_medium \
         jsessionid phpsessid",
    ),
    (
        "mp.weixin.qq.com",
        "abtest_cookie acctmode ascene chksm click_id clicktime devicetype enterid exportkey fasttmpl_* forceh5 \
         from key lang nettype pass_ticket poc_token rd realreporttime scene sessionid srcid subscene uin version \
         wx_header xtrack",
    ),
    ("bilibili.com", "buvid from_source is_story_h5 plat_id unique_k"),
    ("toutiao.com", "app log_from req_id share_token timestamp upstream_biz use_new_style wid"),
    ("weibo.com", "from refer_flag"),
    ("xiaohongshu.com", "app_platform author_share xsec_source xsec_token xhsshare"),
    ("zhihu.com", "hybrid_search_* scene share_code"),
    ("dw.com", "maca"),
    ("medium.com", "sk source"),
    ("nytimes.com", "partner=rss referringsource searchresultposition smid"),
    ("reddit.com", "rdt ref ref_source share_id"),
    ("reuters.com", "taid"),
    ("theguardian.com", "cmp"),
    ("twitter.com", "s t"),
    ("x.com", "s t"),
    ("youtube.com", "ab_channel feature pp si"),
    ("youtu.be", "feature si"),
];

/// Returns true if the query parameter `pair` of a page on `host` tracks the visit.
pub(super) fn is_tracking(host: &str, pair: &str) -> bool {
    let pair = pair.to_ascii_lowercase();
    TRACKING_PARAMETERS.iter().any(|(site, patterns)| {
        is_of_site(host, site) && patterns.split(' ').any(|pattern| is_match(pattern, &pair))
    })
}

fn is_of_site(host: &str, site: &str) -> bool {
    let before = host.strip_suffix(site);
    site.is_empty() || before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Matches a parameter against an entry of the list.
fn is_match(pattern: &str, pair: &str) -> bool {
    // An entry without a value matches every value.
    let subject = if pattern.contains('=') { pair } else { pair.split('=').next().unwrap_or_default() };
    match pattern.strip_suffix('*') {
        Some(start) => subject.starts_with(start),
        None => subject == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn entries_are_unique_and_in_lower_case() {
        let mut seen = BTreeSet::new();
        for (site, patterns) in TRACKING_PARAMETERS {
            for pattern in patterns.split(' ') {
                assert!(seen.insert((site, pattern)), "{site} {pattern}");
                assert_eq!(pattern, pattern.to_lowercase());
                let name = pattern.split(['=', '*']).next().unwrap();
                assert!(!name.is_empty() && !pattern.trim_end_matches('*').contains('*'), "{site} {pattern}");
            }
        }
    }

    #[test]
    fn tracking_parameters_are_recognised_and_others_are_not() {
        for (host, pair, tracks) in [
            ("a.example", "utm_source=x", true),
            ("a.example", "UTM_Source=x", true),
            ("a.example", "fbclid", true),
            ("a.example", "spm=a21.1", true),
            ("a.example", "from=timeline", true),
            ("a.example", "from=2", false),
            ("a.example", "from", false),
            ("a.example", "utm", false),
            ("a.example", "id=1", false),
            ("a.example", "source=x", false),
            ("a.example", "source=rss-47------2", true),
            ("a.example", "p=fbclid", false),
            ("a.example", "scene=1", false),
            ("mp.weixin.qq.com", "scene=1", true),
            ("mp.weixin.qq.com", "__biz=Mz", false),
            ("mp.weixin.qq.com", "sn=1", false),
            ("youtube.com", "v=1", false),
            ("m.youtube.com", "feature=share", true),
            ("notyoutube.com", "feature=share", false),
        ] {
            assert_eq!(is_tracking(host, pair), tracks, "{host} {pair}");
        }
    }
}
