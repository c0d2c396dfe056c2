using System.Text.RegularExpressions;
using Tarn.Catalog.Tables;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Targets;

/// <summary>
/// What a job's result makes of its target: columns, partition keys, and the SELECT list that writes them.
/// </summary>
/// <param name="Columns">Those in the files.</param>
/// <param name="PartitionKeys">Those in the folders' names.</param>
/// <param name="SelectList">DuckDB expressions over the result, named in lower case.</param>
internal sealed partial record TargetSchema(
    IReadOnlyList<Column> Columns, IReadOnlyList<Column> PartitionKeys, string SelectList)
{
    /// <summary>Fails with Invalid when the result's columns do not suit the job's settings.</summary>
    public static TargetSchema Of(JobSpec spec, IReadOnlyList<DuckDbColumn> result)
    {
        var columns = result.Select((column, index) => Column(spec, column, index)).ToList();
        var twice = columns.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw Invalid(spec, $"the result has two columns '{twice}'", null);
        }

        var keyCount = spec.PartitionedBy.Count;
        var last = columns.TakeLast(keyCount).ToList();
        if (!last.Select(column => column.Name).SequenceEqual(spec.PartitionedBy))
        {
            throw Invalid(
                spec,
                $"the result does not end with the partition columns {string.Join(", ", spec.PartitionedBy)}",
                $"its columns are {string.Join(", ", columns.Select(column => column.Name))}");
        }

        if (columns.Count == keyCount)
        {
            throw Invalid(spec, "the result has no column besides the partition columns", null);
        }

        var list = result.Zip(columns, (from, to) =>
        {
            var cast = ResultType.Of(from.Type, from.Name).Cast;
            return (cast is null ? Quote(from.Name) : $"CAST({Quote(from.Name)} AS {cast})") + $" AS {Quote(to.Name)}";
        });
        return new TargetSchema([.. columns.SkipLast(keyCount)], last, string.Join(", ", list));
    }

    /// <summary>An identifier in DuckDB's SQL.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static Column Column(JobSpec spec, DuckDbColumn column, int index)
    {
        var name = column.Name.ToLowerInvariant();
        return NamePattern().IsMatch(name)
            ? new Column(name, ResultType.Of(column.Type, column.Name).Hive)
            : throw Invalid(
                spec,
                $"result column {index + 1} is called '{column.Name}'",
                "a column of a table needs a name of [a-z0-9_]: add AS name");
    }

    private static TarnException Invalid(JobSpec spec, string problem, string? detail) =>
        new(ErrorKind.Invalid, $"job '{spec.Name}': {problem}", detail);

    [GeneratedRegex(@"\A[a-z0-9_]+\z")]
    private static partial Regex NamePattern();
}
