using System.Globalization;
using Tarn.Catalog.Tables;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>Columns that every table of files has beside its own and that <c>*</c> does not show.</summary>
internal static class HiddenColumns
{
    private const string Path = "$path";
    private const string Size = "$file_size";
    private const string Modified = "$file_modified_time";
    private const string Partition = "$partition";

    public static IReadOnlyList<(string Name, SqlType Type)> All { get; } =
    [
        (Path, SqlType.Varchar),
        (Size, SqlType.BigInt),
        (Modified, SqlType.TimestampTz),
        (Partition, SqlType.Varchar),
    ];

    /// <summary>The value of a file's rows, as text that casts to its type.</summary>
    public static string Value(string name, Table table, OpenFile file) => name switch
    {
        Path => file.File.Info.Key.ToString(),
        Size => file.File.Info.Size.ToString(CultureInfo.InvariantCulture),
        Modified => file.File.Info.LastModified.UtcDateTime
            .ToString("yyyy-MM-dd HH:mm:ss.fff+00", CultureInfo.InvariantCulture),
        Partition => string.Join('/', table.PartitionKeys.Zip(
            file.Partition.Values, (key, value) => $"{key.Name.ToLowerInvariant()}={value}")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, message: null),
    };
}
