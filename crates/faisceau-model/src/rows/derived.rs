//! Tables derived from comparisons: what is weighed, drawn and asked.

use crate::absent::Maybe;
use crate::ids::{AccountKey, RowId};
use crate::moment::Moment;
use crate::table;
use crate::words::{AccessKind, Family, Head, Relation, Standing};

table! {
    /// Two accounts under one signal.
    Comparison = "comparisons" / "cmp" {
        /// Row id.
        id: RowId;
        /// The account that sorts first.
        a: AccountKey;
        /// The account that sorts second.
        b: AccountKey;
        /// The signal.
        signal: String;
        /// Its family.
        family: Family;
        /// The score, on the scale that `faisceau explain SIGNAL` states. Not a likelihood ratio.
        score: f64;
        /// Amount of material of the account that sorts first, in the signal's unit.
        material_a: i64;
        /// Amount of material of the account that sorts second.
        material_b: i64;
        /// Unit of the material: words, active hours, accounts in the window.
        unit: String;
        /// For a shared address, the kind of access it gives.
        access: Maybe<AccessKind>;
        /// The value shared, for signals that compare values.
        shared: Maybe<String>;
        /// Innocent explanations that apply, as codes of the catalogue.
        innocent: Vec<String>;
        /// For a score that fuses signals, what each says, as `signal=score`.
        parts: Vec<String>;
        /// Row ids, or selections such as `posts?account=x:123`.
        rows: Vec<String>;
    }
}

table! {
    /// Two accounts, all signals, weighed.
    Link = "links" / "lnk" {
        /// Row id.
        id: RowId;
        /// The account that sorts first.
        a: AccountKey;
        /// The account that sorts second.
        b: AccountKey;
        /// The pair of propositions.
        relation: Relation;
        /// LR of the family style.
        style: Maybe<f64>, ["log10 LR"];
        /// Lower end of its interval.
        style_low: Maybe<f64>, ["log10 LR"];
        /// Upper end of its interval.
        style_high: Maybe<f64>, ["log10 LR"];
        /// Highest LR that validation supports for that much text.
        style_cap: Maybe<f64>, ["log10 LR"];
        /// LR of the family time.
        time: Maybe<f64>, ["log10 LR"];
        /// Lower end of its interval.
        time_low: Maybe<f64>, ["log10 LR"];
        /// Upper end of its interval.
        time_high: Maybe<f64>, ["log10 LR"];
        /// Highest LR that validation supports for that many hours.
        time_cap: Maybe<f64>, ["log10 LR"];
        /// LR of the family network.
        network: Maybe<f64>, ["log10 LR"];
        /// Lower end of its interval.
        network_low: Maybe<f64>, ["log10 LR"];
        /// Upper end of its interval.
        network_high: Maybe<f64>, ["log10 LR"];
        /// Highest LR allowed for that kind of access.
        network_cap: Maybe<f64>, ["log10 LR"];
        /// LR of the family media.
        media: Maybe<f64>, ["log10 LR"];
        /// Lower end of its interval.
        media_low: Maybe<f64>, ["log10 LR"];
        /// Upper end of its interval.
        media_high: Maybe<f64>, ["log10 LR"];
        /// Highest LR allowed for that kind of trace.
        media_cap: Maybe<f64>, ["log10 LR"];
        /// LR of the family identifiers.
        identifiers: Maybe<f64>, ["log10 LR"];
        /// Lower end of its interval.
        identifiers_low: Maybe<f64>, ["log10 LR"];
        /// Upper end of its interval.
        identifiers_high: Maybe<f64>, ["log10 LR"];
        /// Highest LR allowed for that kind of identifier.
        identifiers_cap: Maybe<f64>, ["log10 LR"];
        /// LR of the family objects.
        objects: Maybe<f64>, ["log10 LR"];
        /// Lower end of its interval.
        objects_low: Maybe<f64>, ["log10 LR"];
        /// Upper end of its interval.
        objects_high: Maybe<f64>, ["log10 LR"];
        /// Highest LR allowed for that kind of object.
        objects_cap: Maybe<f64>, ["log10 LR"];
        /// LR of the family coordination.
        coordination: Maybe<f64>, ["log10 LR"];
        /// Lower end of its interval.
        coordination_low: Maybe<f64>, ["log10 LR"];
        /// Upper end of its interval.
        coordination_high: Maybe<f64>, ["log10 LR"];
        /// Highest LR allowed for acting together.
        coordination_cap: Maybe<f64>, ["log10 LR"];
        /// Sum over the families that speak to the relation.
        total: f64, ["log10 LR"];
        /// Lower end of its interval.
        total_low: f64, ["log10 LR"];
        /// Upper end of its interval.
        total_high: f64, ["log10 LR"];
        /// Highest total allowed.
        total_cap: f64, ["log10 LR"];
        /// Verbal band, French.
        band_fr: String;
        /// Verbal band, English.
        band_en: String;
        /// The proposition that the band supports, H1 or H2.
        favours: Maybe<String>;
        /// Pairs that were compared to find this one: search evidence is not confirmation.
        pairs_compared: i64;
        /// Innocent explanations that apply, as codes of the catalogue.
        innocent: Vec<String>;
        /// The comparisons behind it.
        rows: Vec<String>;
    }
}

table! {
    /// A group of accounts that one hand may hold.
    Identity = "identities" / "idt" {
        /// Row id.
        id: RowId;
        /// The accounts, in order.
        members: Vec<String>;
        /// The link of the group with the lowest total.
        weakest_link: RowId;
        /// Its total.
        weakest: f64, ["log10 LR"];
        /// Lowest mean of one member's links to the rest of the group.
        cohesion: f64, ["log10 LR"];
        /// What would split the group, as codes of the catalogue.
        would_split: Vec<String>;
        /// The accounts nearest to joining it, and what keeps them out: `x:9 floor=0.52` (the mean
        /// support that is short, log10 LR), `x:9 direct=1/2` (own links above the floor, of those
        /// needed), `x:9 veto=x:3` (the member whose link keeps it apart).
        would_join: Vec<String>;
        /// The links inside the group.
        rows: Vec<String>;
    }
}

table! {
    /// A group of accounts that act together, whoever holds them. It says nothing of whose they are.
    CoordinationGroup = "coordination_groups" / "cgr" {
        /// Row id.
        id: RowId;
        /// The accounts, in order.
        members: Vec<String>;
        /// The link of the group with the lowest total.
        weakest_link: RowId;
        /// Its total.
        weakest: f64, ["log10 LR"];
        /// Lowest mean of one member's links to the rest of the group.
        cohesion: f64, ["log10 LR"];
        /// What would split the group, as codes of the catalogue.
        would_split: Vec<String>;
        /// The accounts nearest to joining it, and what keeps them out, as in `identities`.
        would_join: Vec<String>;
        /// The links inside the group.
        rows: Vec<String>;
    }
}

table! {
    /// A burst of acts of several accounts against one target, beyond what the period explains.
    Raid = "raids" / "raid" {
        /// Row id.
        id: RowId;
        /// What was aimed at: a thread, an account, a link, a hashtag.
        target: String;
        /// What sort of target it is: thread, account, link, hashtag.
        target_kind: String;
        /// Its first act.
        onset: Moment;
        /// Its last act.
        end: Moment;
        /// The accounts that took part, in the order of their first act.
        accounts: Vec<String>;
        /// Accounts that act before others, more often than chance gives.
        leaders: Vec<String>;
        /// Accounts that act after others, more often than chance gives.
        followers: Vec<String>;
        /// Acts in it.
        acts: i64;
        /// Accounts that the same corpus, period and hours would bring in such a time.
        expected: f64, ["account"];
        /// log10 of the chance of so many accounts at that rate, times the times that were searched.
        log10_chance: f64;
        /// Times and targets that were searched to find it.
        searched: i64;
        /// Innocent explanations that apply, as codes of the catalogue.
        innocent: Vec<String>;
        /// The posts in it.
        rows: Vec<String>;
    }
}

table! {
    /// One innocent explanation of one link, looked into.
    Explanation = "explanations" / "exp" {
        /// Row id.
        id: RowId;
        /// The link.
        link: RowId;
        /// The account that sorts first.
        a: AccountKey;
        /// The account that sorts second.
        b: AccountKey;
        /// The explanation, as a code of the catalogue.
        code: String;
        /// What the rows say of it.
        standing: Standing;
        /// What was counted, as `name=value`, in order.
        counted: Vec<String>;
        /// The comparisons that it could explain.
        explains: Vec<String>;
        /// The rows that speak for or against it.
        rows: Vec<String>;
    }
}

table! {
    /// What one habit or one passage brings to a comparison of style. The parts of one signal are
    /// shown, so that they can be checked; they are never added to those of another.
    Contribution = "contributions" / "ctb" {
        /// Row id.
        id: RowId;
        /// The comparison under `writing_style`.
        comparison: RowId;
        /// The account whose text a passage is; a habit is one of both accounts.
        account: Maybe<AccountKey>;
        /// The part of the signal: `writing_habits` or `lambda_g`.
        part: String;
        /// The habit, or the passage as it was compared: U+0001 stands for a link, U+0002 for a
        /// mention, U+0003 for a mail address, and lines that several accounts share are left out.
        item: String;
        /// For a habit, of the probability of both texts' choices under one common profile over
        /// that under two. For a passage the sum of its tokens. Above 0 brings the texts together.
        value: f64, ["log10"];
        /// Of a habit `alternative=a/b`, the counts of both accounts in the texts compared. Of a
        /// passage one entry a token, `start-end=+0.310`: its bytes in the passage and log10 of its
        /// probability under the grammar of the other account over that under mixtures of rivals;
        /// then, after a space, what the grammar saw, where that is not the token itself.
        detail: Vec<String>;
        /// The post of a passage; for a habit the posts of both accounts.
        rows: Vec<String>;
    }
}

table! {
    /// One thing to ask one addressee.
    Request = "requests" / "req" {
        /// Row id.
        id: RowId;
        /// 1 for a platform, 2 for an operator or provider that an answer leads to.
        hop: i64;
        /// The addressee, as `datasets/law/` names it, or the platform where it is not there.
        addressee: String;
        /// The head of request.
        head: Head;
        /// The account concerned.
        account: Maybe<AccountKey>;
        /// The address concerned.
        ip: Maybe<String>;
        /// The source port.
        port: Maybe<i64>;
        /// The instant concerned: the post or connection that sets the last day.
        at: Maybe<Moment>;
        /// The kind of access of the address.
        access: Maybe<AccessKind>;
        /// The article of the ground, « susceptible de ».
        ground: Maybe<String>;
        /// Maximum penalty with the aggravations that the case states.
        max_penalty: Maybe<f64>, ["year"];
        /// Last day on which the data are kept, ISO 8601; of connection data of an account, that of
        /// the first that are still kept.
        last_day: Maybe<String>;
        /// What the answer may give, as a code of the catalogue.
        expected: String;
        /// Whether it belongs to the minimal plan.
        minimal: bool;
        /// What is missing, as codes of the catalogue (no port, precision below the second).
        missing: Vec<String>;
        /// What is asked of whom, in words that stay the same from run to run: head, addressee,
        /// and the account or the address with port and instant.
        key: String;
        /// Numbers of the exhibits that answer it, as the journal says.
        answered_by: Vec<String>;
        /// The rows it rests on.
        rows: Vec<String>;
    }
}

impl Request {
    /// Whether nobody stands behind the address who could name its user.
    pub fn leads_nowhere(&self) -> bool {
        self.hop == 2 && self.access.known().is_some_and(|access| access.hides_its_user())
    }
}
