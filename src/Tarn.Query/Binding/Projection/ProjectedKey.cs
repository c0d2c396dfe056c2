using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Projection;

/// <summary>How the values of one partition key are computed.</summary>
internal abstract class ProjectedKey
{
    /// <summary>Those that may match, in the order of the projection.</summary>
    public abstract IReadOnlyList<ProjectedValue> Values(PartitionPruner pruner, int key, DateTimeOffset now);

    public static ProjectedKey Of(ProjectionProperties properties, IReadOnlyDictionary<string, SqlType> types)
    {
        var type = types.GetValueOrDefault(properties.Column) ?? throw properties.Failed("its type is not supported");
        var kind = properties.Require("type").Trim();
        return kind.ToUpperInvariant() switch
        {
            "ENUM" => new Enumerated(properties.Require("values").Split(',')),
            "INTEGER" => Whole(properties),
            "DATE" => ProjectedDates.Of(properties, type),
            "INJECTED" => new Injected(properties),
            _ => throw properties.Failed($"type '{kind}' is not known: it is enum, integer, date or injected"),
        };
    }

    private static Integers Whole(ProjectionProperties properties)
    {
        var range = properties.Require("range").Split(',', StringSplitOptions.TrimEntries);
        var interval = Number(properties, "interval", properties.Find("interval") ?? "1");
        var digits = Number(properties, "digits", properties.Find("digits") ?? "1");
        if (range.Length != 2)
        {
            throw properties.Failed($"property 'projection.{properties.Column}.range' needs two numbers");
        }

        var (first, last) = (Number(properties, "range", range[0]), Number(properties, "range", range[1]));
        return interval < 1 ? throw properties.Failed("the interval must be 1 or more")
            : digits is < 1 or > 32 ? throw properties.Failed("digits must be 1 to 32")
            : first > last ? throw properties.Failed("the range ends before it begins")
            : new Integers(first, last, interval, (int)digits);
    }

    private static long Number(ProjectionProperties properties, string name, string text) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw properties.Failed(
                $"property 'projection.{properties.Column}.{name}' holds '{text}', which is no whole number");

    private sealed class Enumerated(string[] values) : ProjectedKey
    {
        public override IReadOnlyList<ProjectedValue> Values(PartitionPruner pruner, int key, DateTimeOffset now) =>
            [.. values.Where(value => pruner.MayMatch(key, value)).Select(value => new ProjectedValue(value, value))];
    }

    private sealed class Integers(long first, long last, long interval, int digits) : ProjectedKey
    {
        /// <summary>Ranges may be wide where conditions are narrow.</summary>
        private const int TriedMax = 10_000_000;

        public override IReadOnlyList<ProjectedValue> Values(PartitionPruner pruner, int key, DateTimeOffset now)
        {
            if (pruner.Named(key) is { } named)
            {
                return [.. named.Where(IsProjected).Select(text => new ProjectedValue(text, text))];
            }

            var values = new List<ProjectedValue>();
            var tried = 0;
            for (var number = (Int128)first; number <= last && tried < TriedMax; number += interval, tried++)
            {
                var text = Text((long)number);
                if (pruner.MayMatch(key, text))
                {
                    values.Add(new ProjectedValue(text, text));
                }
            }

            return tried < TriedMax
                ? values
                : throw new TarnException(
                    ErrorKind.LimitExceeded,
                    $"a projected range holds more than {TriedMax} numbers",
                    hint: "narrow its column by = or IN") { Code = "HIVE_EXCEEDED_PARTITION_LIMIT" };
        }

        private bool IsProjected(string text) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= first && number <= last && ((Int128)number - first) % interval == 0 && Text(number) == text;

        private string Text(long number) => number.ToString($"D{digits}", CultureInfo.InvariantCulture);
    }

    private sealed class Injected(ProjectionProperties properties) : ProjectedKey
    {
        public override IReadOnlyList<ProjectedValue> Values(PartitionPruner pruner, int key, DateTimeOffset now) =>
            pruner.Named(key) is { } named
                ? [.. named.Select(value => new ProjectedValue(value, value))]
                : throw new TarnException(
                    ErrorKind.Invalid,
                    $"for the injected projected partition column {properties.Column}, the WHERE clause must contain "
                        + "only static equality conditions, and at least one such condition must be present")
                {
                    Code = "CONSTRAINT_VIOLATION",
                };
    }
}
