namespace Tarn.Primitives.Functions;

/// <summary>
/// A function of values that SQL can call, written in C#. Types are DuckDB's names: BOOLEAN, INTEGER, BIGINT, HUGEINT,
/// FLOAT, DOUBLE, VARCHAR, BLOB, DATE, TIMESTAMP, TIMESTAMPTZ, DECIMAL(p,s), and <c>[]</c> of any.
/// </summary>
/// <param name="Name">Unique among the functions of an instance: there are no overloads.</param>
/// <param name="Body">
/// Called once per row, on any thread, several at once. A <see cref="Errors.TarnException"/> that it throws fails the
/// query with its code and message.
/// </param>
public sealed record ScalarFunction(
    string Name, IReadOnlyList<string> Parameters, string Result, Action<FunctionRow> Body)
{
    /// <summary>Called for rows with a NULL argument too; otherwise their result is NULL without a call.</summary>
    public bool TakesNull { get; init; }

    /// <summary>The last parameter may be given any number of times, also none.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>Gives another value each time, so that calls may not be folded or shared.</summary>
    public bool IsVolatile { get; init; }
}
