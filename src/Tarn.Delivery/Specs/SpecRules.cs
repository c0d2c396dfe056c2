using System.Text;
using System.Text.RegularExpressions;
using Tarn.Catalog.Tables;
using Tarn.Delivery.Batches;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Specs;

/// <summary>
/// What a delivery stream's settings and its table must fulfil. Every failure is Invalid and names the setting.
/// </summary>
internal static partial class SpecRules
{
    private const long BufferBytesLow = 1L << 20;
    private const long BufferBytesHigh = 128L << 20;

    public static void Check(DeliverySpec spec)
    {
        if (!NamePattern().IsMatch(spec.Name))
        {
            throw Invalid($"delivery stream name '{spec.Name}' is not 1 to 64 characters of [a-zA-Z0-9_.-]");
        }

        if (spec.BufferSeconds is < 1 or > 900)
        {
            throw Invalid(
                $"buffer of {spec.BufferSeconds} seconds in delivery stream '{spec.Name}' is not within 1 to 900");
        }

        if (spec.BufferBytesMax is < BufferBytesLow or > BufferBytesHigh)
        {
            throw Invalid($"buffer of {spec.BufferBytesMax} bytes in delivery stream '{spec.Name}' is not within"
                + $" {BufferBytesLow} (1 MiB) to {BufferBytesHigh} (128 MiB)");
        }

        if (spec.Prefix.StartsWith('/') || Encoding.UTF8.GetByteCount(spec.Prefix) > 512)
        {
            throw Invalid(
                $"prefix '{spec.Prefix}' of delivery stream '{spec.Name}' begins with '/' or is longer than 512 bytes");
        }

        if (spec.Prefix.Contains("!{", StringComparison.Ordinal))
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"prefix '{spec.Prefix}' of delivery stream '{spec.Name}' holds an expression",
                hint: "objects are placed below <prefix><table>/year=/month=/day=/hour=/ of their arrival");
        }

        if (!Enum.IsDefined(spec.Compression))
        {
            throw Invalid($"compression {(int)spec.Compression} of delivery stream '{spec.Name}' is not known");
        }
    }

    /// <summary>The table must be one that can read what is delivered to it.</summary>
    public static void CheckTable(DeliverySpec spec, Table? table)
    {
        const string Hint =
            "create it with partition keys year, month, day, hour (string) and the SerDe " + SerDeNames.OpenXJson;
        if (table is null)
        {
            throw Invalid(
                $"table '{spec.Database}.{spec.Table}' of delivery stream '{spec.Name}' does not exist", hint: Hint);
        }

        var keys = table.PartitionKeys.Select(key => $"{key.Name} {key.Type}").ToList();
        if (!keys.SequenceEqual(ArrivalHour.Keys.Select(key => key + " string"), StringComparer.OrdinalIgnoreCase))
        {
            throw Invalid(
                $"table '{table.Name}' of delivery stream '{spec.Name}' is not partitioned by arrival hour",
                keys.Count == 0 ? "it has no partition keys" : $"its partition keys are {string.Join(", ", keys)}",
                Hint);
        }

        if (table.Storage.SerDe is not (SerDeNames.OpenXJson or SerDeNames.HiveJson))
        {
            throw Invalid(
                $"table '{table.Name}' of delivery stream '{spec.Name}' does not read JSON lines",
                $"its SerDe is '{table.Storage.SerDe}'",
                Hint);
        }
    }

    private static TarnException Invalid(string message, string? detail = null, string? hint = null) =>
        new(ErrorKind.Invalid, message, detail, hint);

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]{1,64}\z")]
    private static partial Regex NamePattern();
}
