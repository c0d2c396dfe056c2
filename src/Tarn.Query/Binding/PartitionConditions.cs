using System.Globalization;
using Tarn.Catalog.Partitions;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;
using Tarn.Primitives.Errors;
using Tarn.Query.Compilation;
using Tarn.Sql.Translation;

namespace Tarn.Query.Binding;

/// <summary>Asks DuckDB which partitions meet conditions on their keys.</summary>
internal sealed class PartitionConditions(IDuckDb duckDb)
{
    private const string RowColumn = "$row";
    private const string TableName = "partition_values";

    /// <summary>Those that rows of the result can come from, in the same order.</summary>
    public async Task<IReadOnlyList<Partition>> KeepAsync(
        BoundTable bound,
        IReadOnlyList<KeyCondition> conditions,
        IReadOnlyList<Partition> partitions,
        CancellationToken cancellation)
    {
        var keys = bound.Table!.PartitionKeys.Select(key => key.Name.ToLowerInvariant()).ToList();
        foreach (var condition in conditions)
        {
            if (partitions.Count == 0)
            {
                break;
            }

            var places = condition.Columns.Select(column => keys.IndexOf(column)).ToList();
            string Key(Partition partition) => string.Join('\u0000', places.Select(place => partition.Values[place]));
            var different = partitions.DistinctBy(Key).ToList();
            if (await AskAsync(bound, condition, places, different, cancellation).ConfigureAwait(false) is { } wanted)
            {
                var names = wanted.Select(index => Key(different[index])).ToHashSet(StringComparer.Ordinal);
                partitions = [.. partitions.Where(partition => names.Contains(Key(partition)))];
            }
        }

        return partitions;
    }

    /// <summary>The places of the partitions that meet the condition; null: it does not say.</summary>
    private async Task<IReadOnlyList<int>?> AskAsync(
        BoundTable bound,
        KeyCondition condition,
        List<int> places,
        List<Partition> partitions,
        CancellationToken cancellation)
    {
        var names = condition.Columns;
        var rows = partitions.Select((partition, index) => Row(index, partition, places))
            .Append([Text(-1), .. names.Select(_ => (string?)null)]).ToList();
        using var session = duckDb.OpenSession();
        session.RegisterFunctions(QueryFunctions.All);
        session.RegisterTable(TableName, new TextTable(
            [new DuckDbColumn(RowColumn, "BIGINT"), .. names.Select(name => new DuckDbColumn(name, "VARCHAR"))], rows));
        var casts = names.Select(name =>
            $"CAST({DuckText.Name(name)} AS {bound.Types[name].DuckDbName}) AS {DuckText.Name(name)}");
        var sql = $"SELECT \"{RowColumn}\" FROM (SELECT \"{RowColumn}\", {string.Join(", ", casts)} "
            + $"FROM {TableName}) AS p WHERE {condition.Sql}";
        var wanted = new List<int>();
        try
        {
            using var answer = await session.QueryAsync(sql, cancellation).ConfigureAwait(false);
            while (answer.Read())
            {
                wanted.Add(Convert.ToInt32(answer.GetValue(0), CultureInfo.InvariantCulture));
            }
        }
        catch (TarnException)
        {
            // It fails for a value of some partition. Whether the query meets it is the query's to find out.
            return null;
        }

        return wanted.Contains(-1) ? null : wanted;
    }

    private static string?[] Row(int index, Partition partition, List<int> places) =>
    [
        Text(index),
        .. places.Select(place => TableFiles.IsNull(partition.Values[place]) ? null : partition.Values[place]),
    ];

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
