using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Tarn.Commands.Streams;

/// <summary>The settings of a stream as options; those that are not given are not sent.</summary>
internal sealed class StreamSettingOptions
{
    private readonly Option<int?> shards = Number("--shards", "open shards, 1 to 10,000");
    private readonly Option<string?> mode = Word(
        "--mode", "who decides how many shards there are", "provisioned", "on_demand");

    private readonly Option<int?> retention = Number(
        "--retention-hours", "how long records stay readable, 24 to 8,760");

    private readonly Option<string?> durability = Word(
        "--durability", "disk: fsync before the answer; os: answer before it", "disk", "os");

    private readonly Option<string?> limits = Word(
        "--limits", "aws: Kinesis' rates per shard, for tests; none: as fast as the machine", "aws", "none");

    private readonly Option<double?> errorRate = new("--error-rate")
    {
        Description = "share of records and reads that fail on purpose, 0 to 1",
        HelpName = "SHARE",
        CustomParser = Share,
    };

    private readonly Option<int?> latency = Number("--latency-ms", "milliseconds that each call waits, 0 to 60,000");
    private readonly Option<int?> record = Number(
        "--max-record-kib", "largest record in KiB, 1,024 to 10,240");

    private readonly Option<string[]> tags = new("--tag")
    {
        Description = "KEY=VALUE, once for each tag; replaces the tags there are", HelpName = "KEY=VALUE",
    };

    public void AddTo(Command command)
    {
        tags.Validators.Add(result =>
        {
            foreach (var tag in result.Tokens.Where(tag => tag.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"--tag must be KEY=VALUE, not '{tag.Value}'");
            }
        });
        foreach (var option in new Option[]
            { shards, mode, retention, durability, limits, errorRate, latency, record, tags })
        {
            command.Add(option);
        }
    }

    /// <summary>What was given, by the names of the API.</summary>
    public Dictionary<string, object> Given(ParseResult parsed)
    {
        var given = new Dictionary<string, object>();
        Add("shards", parsed.GetValue(shards));
        Add("mode", parsed.GetValue(mode));
        Add("retention_hours", parsed.GetValue(retention));
        Add("durability", parsed.GetValue(durability));
        Add("limits", parsed.GetValue(limits));
        Add("error_rate", parsed.GetValue(errorRate));
        Add("latency_ms", parsed.GetValue(latency));
        Add("max_record_kib", parsed.GetValue(record));
        if (parsed.GetValue(tags) is { Length: > 0 } pairs)
        {
            given["tags"] = pairs.Select(pair => pair.Split('=', 2))
                .GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.Last()[1]);
        }

        return given;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                given[name] = value;
            }
        }
    }

    private static Option<int?> Number(string name, string description) =>
        new(name) { Description = description, HelpName = "N" };

    private static Option<string?> Word(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', words) };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    /// <summary>Everywhere with a point: the machine's language says nothing about the command line.</summary>
    private static double? Share(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
            && share is >= 0 and <= 1)
        {
            return share;
        }

        result.AddError($"--error-rate must be from 0 to 1, such as 0.05, not '{text}'");
        return null;
    }
}
