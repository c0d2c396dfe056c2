using System.Text.RegularExpressions;
using Tarn.Catalog.Tables;
using Tarn.Jobs.Schedules;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Specs;

/// <summary>What a job's settings must fulfil. Every failure is Invalid and names the setting.</summary>
internal static partial class JobRules
{
    public static JobSpec Check(JobSpec spec) => Check(spec, _ => null);

    /// <summary>The spec in its stored form: names in lower case.</summary>
    /// <param name="lineOf">The line of a setting in its file, or null.</param>
    public static JobSpec Check(JobSpec spec, Func<string, int?> lineOf)
    {
        if (!NamePattern().IsMatch(spec.Name))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"job name '{spec.Name}' is not 1 to 64 characters of [a-zA-Z0-9_.-]");
        }

        void Refuse(string key, string problem, string? hint) => throw new TarnException(
            ErrorKind.Invalid,
            $"job '{spec.Name}'{(lineOf(key) is { } line ? $" line {line}" : "")}: {problem}",
            hint: hint);

        if (string.IsNullOrWhiteSpace(spec.Sql))
        {
            Refuse("sql", "there is no SELECT", null);
        }

        if (!TablePattern().IsMatch(spec.Target))
        {
            Refuse("target", $"target '{spec.Target}' is not database.table", null);
        }

        if (spec.Bookmark is not null && !TablePattern().IsMatch(spec.Bookmark))
        {
            Refuse("bookmark", $"bookmark '{spec.Bookmark}' is not database.table", null);
        }

        if (string.Equals(spec.Bookmark, spec.Target, StringComparison.OrdinalIgnoreCase))
        {
            Refuse("bookmark", "bookmark and target are the same table", null);
        }

        if (spec.Location is not null && !LocationPattern().IsMatch(spec.Location))
        {
            Refuse("location", $"location '{spec.Location}' is not s3://bucket/prefix/", "it ends with '/'");
        }

        CheckPartitions(spec, Refuse);
        if (spec.Schedule is not null)
        {
            CheckSchedule(spec.Schedule, Refuse);
        }

        return spec with
        {
            Target = spec.Target.ToLowerInvariant(),
            Bookmark = spec.Bookmark?.ToLowerInvariant(),
            PartitionedBy = [.. spec.PartitionedBy.Select(column => column.ToLowerInvariant())],
        };
    }

    public static TableName ParseTable(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return new TableName(name[..dot], name[(dot + 1)..]);
    }

    /// <summary>Where the files of a target lie that the job makes.</summary>
    public static ObjectKey RootOf(JobSpec spec) =>
        ObjectKey.Parse(spec.Location ?? $"s3://lake/curated/{ParseTable(spec.Target).Name}/");

    private static void CheckPartitions(JobSpec spec, Action<string, string, string?> refuse)
    {
        foreach (var column in spec.PartitionedBy.Where(column => !ColumnPattern().IsMatch(column)))
        {
            refuse("partitioned_by", $"partition column '{column}' is not a column name", null);
        }

        if (spec.PartitionedBy.Distinct(StringComparer.OrdinalIgnoreCase).Count() < spec.PartitionedBy.Count)
        {
            refuse("partitioned_by", "a partition column is given twice", null);
        }
    }

    private static void CheckSchedule(string schedule, Action<string, string, string?> refuse)
    {
        try
        {
            CronSchedule.Parse(schedule);
        }
        catch (TarnException e)
        {
            refuse("schedule", e.Message, e.Hint);
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_.-]{1,64}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9_]+\.[a-zA-Z0-9_]+\z")]
    private static partial Regex TablePattern();

    [GeneratedRegex(@"\As3://[^/]+/(.+/)?\z")]
    private static partial Regex LocationPattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9_]+\z")]
    private static partial Regex ColumnPattern();
}
