using Tarn.Primitives.Errors;
using Tarn.Primitives.Functions;

namespace Tarn.Sql.Functions.Native;

/// <summary>
/// Functions from lambdas: <c>Of("tarn_soundex", (string text) => ...)</c>. The types say the DuckDB types (see
/// <see cref="Cell{T}"/>); a null result is NULL. Hot ones are written over <see cref="FunctionRow"/> itself.
/// </summary>
public static class Define
{
    public static ScalarFunction Of<TResult>(string name, Func<TResult> body) => new(
        name, [], Cell<TResult>.Type, row => Cell<TResult>.Write(row, body()));

    public static ScalarFunction Of<T1, TResult>(string name, Func<T1, TResult> body) => new(
        name,
        [Cell<T1>.Type],
        Cell<TResult>.Type,
        row => Cell<TResult>.Write(row, body(Cell<T1>.Read(row, 0))));

    public static ScalarFunction Of<T1, T2, TResult>(string name, Func<T1, T2, TResult> body) => new(
        name,
        [Cell<T1>.Type, Cell<T2>.Type],
        Cell<TResult>.Type,
        row => Cell<TResult>.Write(row, body(Cell<T1>.Read(row, 0), Cell<T2>.Read(row, 1))));

    public static ScalarFunction Of<T1, T2, T3, TResult>(string name, Func<T1, T2, T3, TResult> body) => new(
        name,
        [Cell<T1>.Type, Cell<T2>.Type, Cell<T3>.Type],
        Cell<TResult>.Type,
        row => Cell<TResult>.Write(
            row, body(Cell<T1>.Read(row, 0), Cell<T2>.Read(row, 1), Cell<T3>.Read(row, 2))));

    public static ScalarFunction Of<T1, T2, T3, T4, TResult>(string name, Func<T1, T2, T3, T4, TResult> body) => new(
        name,
        [Cell<T1>.Type, Cell<T2>.Type, Cell<T3>.Type, Cell<T4>.Type],
        Cell<TResult>.Type,
        row => Cell<TResult>.Write(
            row,
            body(Cell<T1>.Read(row, 0), Cell<T2>.Read(row, 1), Cell<T3>.Read(row, 2), Cell<T4>.Read(row, 3))));

    /// <summary>The query fails with Athena's INVALID_FUNCTION_ARGUMENT.</summary>
    public static TarnException Invalid(string message) => Error("INVALID_FUNCTION_ARGUMENT", message);

    public static TarnException Error(string code, string message) =>
        new(ErrorKind.Invalid, message) { Code = code };
}
