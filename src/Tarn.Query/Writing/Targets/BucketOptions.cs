using Tarn.Primitives.Errors;
using Tarn.Query.Buckets;
using Tarn.Sql.Tree;

namespace Tarn.Query.Writing.Targets;

/// <summary>What WITH of CREATE TABLE AS says of buckets.</summary>
internal sealed record BucketOptions(IReadOnlyList<string> Columns, int Count, SqlPosition Position)
{
    private const int CountMax = 1_000_000;

    /// <summary>Null: nothing. Fails with Trino's words.</summary>
    public static BucketOptions? Read(PropertyReader properties, SqlPosition position)
    {
        var columns = properties.Names("bucketed_by");
        var count = properties.Number("bucket_count");
        if (columns.Count == 0 && count is null)
        {
            return null;
        }

        if (columns.Count == 0 || count is null)
        {
            throw PropertyReader.Wrong(
                position,
                "bucketed_by and bucket_count must be specified together",
                "bucketed_by = ARRAY['column'], bucket_count = 10");
        }

        return count is > 0 and <= CountMax
            ? new BucketOptions(columns, count.Value, position)
            : throw PropertyReader.Wrong(
                position, $"bucket_count must be greater than zero and at most {CountMax}", hint: null);
    }

    public WriteBuckets Of(WriteShape shape)
    {
        var missing = Columns.Except(shape.Columns.Select(column => column.Name)).ToList();
        if (missing.Count > 0)
        {
            throw PropertyReader.Wrong(
                Position,
                $"Bucketing columns [{string.Join(", ", missing)}] not present in schema",
                Suggestion.Hint(missing[0], shape.Columns.Select(column => column.Name))
                    ?? "a partition column divides rows already");
        }

        var columns = Columns.Select(name => shape.Columns.First(column => column.Name == name)).ToList();
        foreach (var column in columns)
        {
            BucketText.Require(column.Name, column.Type);
        }

        return new WriteBuckets(columns, Count);
    }
}
