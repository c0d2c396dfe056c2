using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Tarn.Storage.Objects.Remote;
using Tarn.Streams;

namespace Tarn.Configuration;

/// <summary>One setting: its key in tarn.yaml, and from it the names of its environment variable and flag.</summary>
/// <param name="Key">Snake case, such as <c>console_port</c>.</param>
/// <param name="Placeholder">What the help shows for its value.</param>
/// <param name="HasFlag">False for secrets, which must not stand on a command line.</param>
/// <param name="Apply">Puts a text into the options; throws FormatException saying what is expected.</param>
internal sealed partial record Setting(
    string Key, string Placeholder, string Description, bool HasFlag, Func<TarnOptions, string, TarnOptions> Apply)
{
    private const decimal PriceMaxUsd = 1_000_000m;

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("port", "PORT", "port of the AWS APIs (default 4566, 0: a free one)", HasFlag: true,
            (options, text) => options with { Port = Number(text, 0, 65_535) }),
        new("console_port", "PORT", "port of the console (default 4580, 0: a free one)", HasFlag: true,
            (options, text) => options with { ConsolePort = Number(text, 0, 65_535) }),
        new("s3_hosts", "NAMES", "host names below which buckets are hosts (default localhost,s3.localhost)",
            HasFlag: true,
            (options, text) => options with { S3Hosts = HostNames(text) }),
        new("listen", "ADDRESS", "IP address to listen on (default 127.0.0.1)", HasFlag: true,
            (options, text) => options with { Listen = Address(text) }),
        new("project", "DIR", "lake project to apply at start: lake.yaml, queries/, jobs/, dashboards/", HasFlag: true,
            (options, text) => options with { ProjectDirectory = Directory(text) }),
        new("account_id", "ID", "account id in ARNs, twelve digits (default all zeros)", HasFlag: true,
            (options, text) => options with { AccountId = Matching(text, TwelveDigits(), "twelve digits") }),
        new("region", "NAME", "home region in ARNs (default us-east-1); requests of any region are accepted",
            HasFlag: true,
            (options, text) => options with { Region = Matching(text, RegionName(), "a region such as eu-west-1") }),
        new("storage", "s3://BUCKET/PREFIX[?endpoint=URL&region=NAME]",
            "S3 service that keeps the objects (default: the data directory)", HasFlag: true,
            (options, text) => options with { Storage = RemoteLocation.Parse(text) }),
        new("storage_access_key_id", "ID", "access key id of that service (default: as AWS' tools find theirs)",
            HasFlag: false,
            (options, text) => options with { StorageAccessKeyId = Matching(text, Word(), "an access key id") }),
        new("storage_secret_access_key", "SECRET", "its secret", HasFlag: false,
            (options, text) => options with { StorageSecretAccessKey = Matching(text, Word(), "a secret") }),
        new("storage_cache_mib", "MIB", "local copies of its objects, for queries, in MiB (default 10240)",
            HasFlag: true,
            (options, text) => options with { StorageCacheMiB = Number(text, 16, 1 << 30) }),
        new("lifecycle_interval_minutes", "N",
            "how often buckets' lifecycle rules are carried out, beside the start (default 60)", HasFlag: true,
            (options, text) => options with { LifecycleIntervalMinutes = Number(text, 1, 24 * 60) }),
        new("memory_mib", "MIB", "memory for queries in MiB (default 2048)", HasFlag: true,
            (options, text) => options with { MemoryMiB = Number(text, 128, 1 << 20) }),
        new("spill_mib", "MIB", "what queries may write to DIR/spill when memory is full, in MiB (default 65536)",
            HasFlag: true,
            (options, text) => options with { SpillMiB = Number(text, 16, 1 << 30) }),
        new("terabyte_price_usd", "USD", "what queries are said to cost per 10^12 scanned bytes (default 5)",
            HasFlag: true,
            (options, text) => options with { TerabytePriceUsd = Price(text) }),
        new("limits", "aws|none", "Kinesis' rates for every shard: aws to refuse what is faster (default none)",
            HasFlag: true,
            (options, text) => options with { Limits = Rates(text) }),
        new("otlp_endpoint", "URL", "OpenTelemetry collector that metrics are sent to, such as http://127.0.0.1:4318",
            HasFlag: true,
            (options, text) => options with { OtlpEndpoint = HttpAddress(text) }),
        new("otlp_interval_seconds", "N", "how often (default 60)", HasFlag: true,
            (options, text) => options with { OtlpIntervalSeconds = Number(text, 1, 3600) }),
        new("root_access_key_id", "ID", "access key id of the root user instead of the generated one", HasFlag: false,
            (options, text) =>
                options with { RootAccessKeyId = Matching(text, KeyId(), "16 to 128 of A-Z a-z 0-9 _") }),
        new("root_secret_access_key", "SECRET", "its secret", HasFlag: false,
            (options, text) =>
                options with { RootSecretAccessKey = Matching(text, Secret(), "8 to 128 printable characters") }),
    ];

    public string EnvironmentName => "TARN_" + Key.ToUpperInvariant();

    public string FlagName => "--" + Key.Replace('_', '-');

    private static int Number(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min
            && number <= max
            ? number
            : throw new FormatException($"a whole number from {min} to {max}");

    private static decimal Price(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            && price <= PriceMaxUsd
            ? price
            : throw new FormatException("a price such as 5 or 6.75");

    private static IPAddress Address(string text) =>
        text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw new FormatException("an IP address such as 127.0.0.1");

    private static string[] HostNames(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        return names.All(name => HostName().IsMatch(name) && !IPAddress.TryParse(name, out _))
            ? names
            : throw new FormatException("host names such as s3.example.org, separated by commas");
    }

    private static StreamRates Rates(string text) => text switch
    {
        "none" => StreamRates.Unlimited,
        "aws" => StreamRates.Aws,
        _ => throw new FormatException("aws or none"),
    };

    private static Uri HttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new FormatException("an address such as http://127.0.0.1:4318");

    private static string Directory(string text) =>
        System.IO.Directory.Exists(text) ? Path.GetFullPath(text) : throw new FormatException("an existing folder");

    private static string Matching(string text, Regex pattern, string expected) =>
        pattern.IsMatch(text) ? text : throw new FormatException(expected);

    [GeneratedRegex(@"^[0-9]{12}\z")]
    private static partial Regex TwelveDigits();

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-[0-9]+\z")]
    private static partial Regex RegionName();

    [GeneratedRegex(@"^[a-z0-9-]+(\.[a-z0-9-]+)*\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[A-Za-z0-9_]{16,128}\z")]
    private static partial Regex KeyId();

    [GeneratedRegex(@"^[\x21-\x7e]+\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[\x21-\x7e]{8,128}\z")]
    private static partial Regex Secret();
}
