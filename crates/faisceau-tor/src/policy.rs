//! Exit policies: the summary of a consensus (`accept 80,443`), and that of a descriptor.

use std::net::{IpAddr, Ipv4Addr};

/// The `p` line of a consensus: the ports to which most addresses can be reached, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortSummary {
    accepts: bool,
    ranges: Vec<(u16, u16)>,
}

impl PortSummary {
    /// Reads `accept` or `reject` and ports or ranges with commas between them.
    pub fn parse(text: &str) -> Option<Self> {
        let (verb, list) = text.split_once(' ')?;
        let accepts = verb_accepts(verb)?;
        let ranges = list.split(',').map(range).collect::<Option<_>>()?;
        Some(Self { accepts, ranges })
    }

    /// Whether connections to a port are let through.
    pub fn allows(&self, port: u16) -> bool {
        let named = self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&port));
        named == self.accepts
    }

    /// Whether no port at all is let through.
    pub fn allows_nothing(&self) -> bool {
        !self.accepts && self.ranges.contains(&(1, u16::MAX))
    }
}

fn verb_accepts(verb: &str) -> Option<bool> {
    match verb {
        "accept" => Some(true),
        "reject" => Some(false),
        _ => None,
    }
}

fn range(text: &str) -> Option<(u16, u16)> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    let (from, to) = (from.parse().ok()?, to.parse().ok()?);
    (from <= to).then_some((from, to))
}

/// The exit policy of a server descriptor: the first rule that matches decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressPolicy {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rule {
    accepts: bool,
    /// Network and mask; a mask of 0 is any address.
    network: (u32, u32),
    ports: (u16, u16),
}

impl AddressPolicy {
    /// Reads rules, one a line, such as `reject 10.0.0.0/8:*`.
    pub fn parse(text: &str) -> Option<Self> {
        let rules = text.lines().map(rule).collect::<Option<_>>()?;
        Some(Self { rules })
    }

    /// Whether connections to a port are let through: to `destination`, or, if none is given or
    /// it is not IPv4, to addresses in general (rules for single networks are then passed over).
    pub fn allows(&self, port: u16, destination: Option<IpAddr>) -> bool {
        let destination = match destination {
            Some(IpAddr::V4(v4)) => Some(v4.to_bits()),
            _ => None,
        };
        let matches = |rule: &&Rule| {
            (rule.ports.0..=rule.ports.1).contains(&port)
                && (rule.network.1 == 0
                    || destination.is_some_and(|bits| {
                        bits & rule.network.1 == rule.network.0 & rule.network.1
                    }))
        };
        // A policy without a last rule accepts (directory protocol, "exit policies").
        self.rules.iter().find(matches).is_none_or(|rule| rule.accepts)
    }
}

fn rule(line: &str) -> Option<Rule> {
    let (verb, pattern) = line.split_once(' ')?;
    let (address, ports) = pattern.rsplit_once(':')?;
    let ports = if ports == "*" { (0, u16::MAX) } else { range(ports)? };
    Some(Rule { accepts: verb_accepts(verb)?, network: network(address)?, ports })
}

fn network(text: &str) -> Option<(u32, u32)> {
    if matches!(text, "*" | "*4") {
        return Some((0, 0));
    }
    let (address, mask) = text.split_once('/').unwrap_or((text, "32"));
    let address: Ipv4Addr = address.parse().ok()?;
    let mask = match mask.parse::<u32>() {
        Ok(0) => 0,
        Ok(bits @ 1..=32) => u32::MAX << (32 - bits),
        Ok(_) => return None,
        Err(_) => mask.parse::<Ipv4Addr>().ok()?.to_bits(),
    };
    Some((address.to_bits(), mask))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_says_which_ports() {
        let web = PortSummary::parse("accept 80,443,6660-6669").unwrap();
        assert!(web.allows(443) && web.allows(6_665) && !web.allows(25));
        let most = PortSummary::parse("reject 25,119").unwrap();
        assert!(most.allows(443) && !most.allows(25));
        assert!(PortSummary::parse("reject 1-65535").unwrap().allows_nothing());
        for bad in ["accept", "permit 80", "accept 90-80", "accept 70000"] {
            assert_eq!(PortSummary::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_first_rule_of_a_descriptor_decides() {
        let text = "reject 10.0.0.0/8:*\nreject 192.0.2.7:443\naccept *:443\nreject *:*";
        let policy = AddressPolicy::parse(text).unwrap();
        assert!(policy.allows(443, None) && !policy.allows(80, None));
        let to = |ip: &str| policy.allows(443, ip.parse().ok());
        assert!(to("198.51.100.1") && !to("10.1.2.3") && !to("192.0.2.7"));
        assert!(AddressPolicy::parse("accept everything").is_none());
    }
}
