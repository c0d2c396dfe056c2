using System.Globalization;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Compaction;

/// <summary>
/// How a table's small objects are made into larger ones, as its properties say. A table without
/// <see cref="TargetBytesName"/> is left as it is.
/// </summary>
public sealed record CompactionSettings
{
    /// <summary>Turns compaction on: the size that objects grow to, 1 MiB to 1 GiB.</summary>
    public const string TargetBytesName = "tarn.compaction.target_bytes";

    /// <summary>0 to 10,080, default 15.</summary>
    public const string AfterMinutesName = "tarn.compaction.after_minutes";

    /// <summary>1 to 1,440, default 10.</summary>
    public const string GraceMinutesName = "tarn.compaction.grace_minutes";

    public const long TargetBytesMin = 1L << 20;
    public const long TargetBytesMax = 1L << 30;
    public const int AfterMinutesMax = 7 * 24 * 60;
    public const int GraceMinutesMax = 24 * 60;

    internal static readonly TimeSpan GraceDefault = TimeSpan.FromMinutes(10);

    private const string Prefix = "tarn.compaction.";

    private static readonly string[] Names = [TargetBytesName, AfterMinutesName, GraceMinutesName];

    /// <summary>Size that objects grow to. Those of half of it and more stay as they are.</summary>
    public required long TargetBytes { get; init; }

    /// <summary>How long an hour must be over, and an object must stand, before it is touched.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the small objects stay when a larger one has taken their place.</summary>
    public TimeSpan Grace { get; init; } = GraceDefault;

    /// <summary>
    /// What the properties say, null when they say nothing. Throws Invalid naming the property.
    /// </summary>
    public static CompactionSettings? Of(TableName table, IReadOnlyDictionary<string, string> properties)
    {
        foreach (var name in properties.Keys.Where(IsOne))
        {
            if (!Names.Contains(name, StringComparer.Ordinal))
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"property '{name}' of table '{table}' is not known",
                    $"known are {string.Join(", ", Names)}",
                    Suggestion.Hint(name, Names));
            }
        }

        var target = Number(table, properties, TargetBytesName, TargetBytesMin, TargetBytesMax);
        var after = Number(table, properties, AfterMinutesName, 0, AfterMinutesMax);
        var grace = Number(table, properties, GraceMinutesName, 1, GraceMinutesMax);
        if (target is null)
        {
            return after is null && grace is null ? null : throw new TarnException(
                ErrorKind.Invalid,
                $"table '{table}' has settings of compaction and no '{TargetBytesName}'",
                hint: $"set '{TargetBytesName}', which turns compaction on");
        }

        var settings = new CompactionSettings { TargetBytes = target.Value };
        return settings with
        {
            After = after is { } minutes ? TimeSpan.FromMinutes(minutes) : settings.After,
            Grace = grace is { } stay ? TimeSpan.FromMinutes(stay) : settings.Grace,
        };
    }

    /// <summary>Whether a table's property is one of compaction, or meant to be one.</summary>
    public static bool IsOne(string property) => property.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The properties that say this.</summary>
    public IReadOnlyDictionary<string, string> ToProperties() => new SortedDictionary<string, string>(
        StringComparer.Ordinal)
    {
        [TargetBytesName] = TargetBytes.ToString(CultureInfo.InvariantCulture),
        [AfterMinutesName] = After.TotalMinutes.ToString(CultureInfo.InvariantCulture),
        [GraceMinutesName] = Grace.TotalMinutes.ToString(CultureInfo.InvariantCulture),
    };

    private static long? Number(
        TableName table, IReadOnlyDictionary<string, string> properties, string name, long min, long max)
    {
        if (!properties.TryGetValue(name, out var text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw new TarnException(
                ErrorKind.Invalid,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"property '{name}' of table '{table}' is '{text}', not a whole number from {min} to {max}"));
    }
}
