using Tarn.DuckDb.Results;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Translation;

namespace Tarn.Query.Binding;

/// <summary>
/// The columns of an <see cref="IFileTable"/>: the used ones that its files have, in cells of <see cref="LineField"/>,
/// then the used <see cref="FileConstant"/>s as text.
/// </summary>
internal sealed class FileColumns
{
    private readonly IReadOnlyList<ScanColumn> _columns;
    private readonly IReadOnlyList<FileConstant> _constants;

    public FileColumns(string owner, IReadOnlyList<ScanColumn> columns, IReadOnlyList<FileConstant> constants)
    {
        _columns = columns;
        _constants = constants;
        Fields = [.. columns.Where(column => column.Position >= 0).Select(column => LineField.Of(owner, column))];
        Columns =
        [
            .. Fields.Select(field => field.Column),
            .. constants.Select(constant => new DuckDbColumn(constant.Name, "VARCHAR")),
            .. Fields.Count + constants.Count == 0
                ? [new DuckDbColumn("$row", "BOOLEAN")]
                : Array.Empty<DuckDbColumn>(),
        ];
    }

    public IReadOnlyList<LineField> Fields { get; }

    public IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>The constants' texts in a file.</summary>
    public IReadOnlyList<string?> Values(OpenFile file) => [.. _constants.Select(constant => constant.Text(file))];

    /// <summary>As <see cref="IFileTable.Select"/>.</summary>
    public string Select(string name)
    {
        var fields = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        var items = _columns
            .Select(column => fields.TryGetValue(column.Name, out var field)
                ? $"{field.As(column.Type)} AS {DuckText.Name(column.Name)}"
                : $"CAST(NULL AS {column.Type.DuckDbName}) AS {DuckText.Name(column.Name)}")
            .Concat(_constants.Select(constant =>
                $"CAST(f.{DuckText.Name(constant.Name)} AS {constant.Type.DuckDbName}) AS "
                + DuckText.Name(constant.Name)))
            .DefaultIfEmpty("1 AS \"$row\"");
        return $"SELECT {string.Join(", ", items)} FROM {DuckText.Name(name)} AS f";
    }
}
