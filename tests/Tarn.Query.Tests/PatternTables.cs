using Tarn.Formats.SerDes;

namespace Tarn.Query.Tests;

/// <summary>Small tables read by patterns for <c>cases/patterns.test</c>, in database t.</summary>
internal static class PatternTables
{
    private const string Apache =
        "127.0.0.1 - frank [10/Oct/2026:13:55:36 -0700] \"GET /a.gif?x=1 HTTP/1.0\" 200 2326\n"
        + "10.0.0.7 - - [10/Oct/2026:13:55:37 -0700] \"-\" 408 -\n"
        + "not a log line\n";

    public static async Task CreateAsync(QueryLake lake)
    {
        await RegexAsync(
            lake,
            "apache",
            "host string; ident string; who string; at string; request string; status int; size bigint",
            """([^ ]*) ([^ ]*) ([^ ]*) (-|\[[^\]]*\]) ([^ "]*|"[^"]*") (-|[0-9]*) (-|[0-9]*)""",
            Apache);
        await RegexAsync(
            lake,
            "front",
            "day date; clock string; bytes bigint; agent string",
            """^(?!#)([0-9-]+)\s+(\S+)\s+(\p{Digit}++)\s+"?([^"]*)"?$""",
            "#Version: 1.0\n2026-11-23\t10:00:00\t512\t\"Mozilla (X)\"\r\n2026-11-24 11:00:00 7 curl\n");
        await RegexAsync(lake, "few", "a string; b string; c string", @"(\w+)-(\d*)", "ab-12\n\u00e9-1\nx-\n");
        await RegexAsync(
            lake, "cased", "a string", "(ABC)x", "abcX\n", new() { ["input.regex.case.insensitive"] = "true" });
        await RegexAsync(lake, "slow", "a string", "((a+)+)b", new string('a', 60) + "\naab\n");
        await RegexAsync(lake, "sets", "a string", "([a-z&&[^b]]+)", "x\n");
        await RegexAsync(lake, "open", "a string", "(a", "x\n");
        await TextTables.OfAsync(lake, "none", "a string", SerDeNames.Regex, [], "x\n");
        await GrokAsync(
            lake,
            "grok_apache",
            "clientip string; verb string; request string; response int; bytes bigint; timestamp string; nothing int",
            "%{COMMONAPACHELOG}",
            "",
            Apache);
        await GrokAsync(
            lake,
            "grok_mail",
            "timestamp string; logsource string; program string; pid int; queue_id string; syslog_message string",
            "%{SYSLOGBASE} %{POSTFIX_QUEUEID:queue_id}: %{GREEDYDATA:syslog_message}",
            "POSTFIX_QUEUEID [0-9A-F]{7,12}",
            "Feb  9 07:15:00 m4eastmail postfix/smtpd[19305]: B88C4120838: connect from unknown[192.168.55.4]\n");
        await GrokAsync(
            lake,
            "grok_common",
            "at string; level string; ip string; id string; n double; path string; rest string",
            "%{TIMESTAMP_ISO8601:at} %{LOGLEVEL:level} %{IP:ip} %{UUID:id} %{NUMBER:n} %{PATH:path}"
            + " ?%{GREEDYDATA:rest}",
            "",
            "2026-11-23T10:00:00.5Z WARN 10.1.2.3 123e4567-e89b-12d3-a456-426614174000 -1.5 /var/log/x the end\n"
            + "2026-11-23 10:00:00 info ::1 123e4567-e89b-12d3-a456-426614174000 7 /x\n");
        await GrokAsync(lake, "grok_unknown", "a string", "%{NO_SUCH:a}", "", "x\n");
        await GrokAsync(lake, "grok_circle", "a string", "%{A:a}", "A %{B}\nB %{A}", "x\n");
    }

    private static Task RegexAsync(
        QueryLake lake,
        string name,
        string columns,
        string regex,
        string lines,
        Dictionary<string, string>? more = null) => TextTables.OfAsync(
        lake,
        name,
        columns,
        SerDeNames.Regex,
        new Dictionary<string, string>(more ?? []) { ["input.regex"] = regex },
        lines,
        "a.log");

    private static Task GrokAsync(
        QueryLake lake, string name, string columns, string format, string custom, string lines) => TextTables.OfAsync(
        lake,
        name,
        columns,
        SerDeNames.Grok,
        new() { ["input.format"] = format, ["input.grokCustomPatterns"] = custom },
        lines,
        "a.log.gz");
}
