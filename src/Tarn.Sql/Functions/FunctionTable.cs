using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>
/// Every function that SQL may call: rows of text, and those that need code in <see cref="SpecialFunctions"/>.
/// </summary>
internal static class FunctionTable
{
    private static readonly ILookup<string, FunctionSignature> Rows = Parse();

    /// <summary>All names, for hints and the coverage page.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Rows.Select(group => group.Key).Concat(SpecialFunctions.Names).Distinct().Order(StringComparer.Ordinal)];

    public static IEnumerable<FunctionSignature> Find(string name) => Rows[name];

    private static ILookup<string, FunctionSignature> Parse() =>
        Read(FunctionKind.Scalar, TextFunctions.Rows)
            .Concat(Read(FunctionKind.Scalar, BinaryFunctions.Rows))
            .Concat(Read(FunctionKind.Scalar, JsonFunctions.Rows))
            .Concat(Read(FunctionKind.Scalar, MathFunctions.Rows))
            .Concat(Read(FunctionKind.Scalar, DateFunctions.Rows))
            .Concat(Read(FunctionKind.Scalar, NestedFunctions.Rows))
            .Concat(Read(FunctionKind.Scalar, GeometryFunctions.Rows))
            .Concat(Read(FunctionKind.Scalar, SketchFunctions.Rows))
            .Concat(Read(FunctionKind.Aggregate, AggregateFunctions.Rows))
            .Concat(Read(FunctionKind.Aggregate, GeometryFunctions.AggregateRows))
            .Concat(Read(FunctionKind.Aggregate, SketchFunctions.AggregateRows))
            .Concat(Read(FunctionKind.Window, AggregateFunctions.WindowRows))
            .ToLookup(row => row.Name, StringComparer.Ordinal);

    /// <summary>A row is a line, and the indented lines after it.</summary>
    private static IEnumerable<FunctionSignature> Read(FunctionKind kind, string rows) => rows
        .ReplaceLineEndings("\n")
        .Replace("\n    ", " ", StringComparison.Ordinal)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(row => FunctionSignature.Parse(kind, row));
}
