using Tarn.Primitives.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Errors;

/// <summary>Failures in Athena's form: <c>line 1:8: ...</c> with its code.</summary>
internal static class SqlErrors
{
    public static TarnException Syntax(SqlPosition position, string message, string? hint = null) =>
        Make(ErrorKind.Invalid, "SYNTAX_ERROR", position, message, hint);

    public static TarnException TypeMismatch(SqlPosition position, string message, string? hint = null) =>
        Make(ErrorKind.Invalid, "TYPE_MISMATCH", position, message, hint);

    public static TarnException ColumnNotFound(SqlPosition position, string column, string? hint) =>
        Make(ErrorKind.NotFound, "COLUMN_NOT_FOUND", position, $"Column '{column}' cannot be resolved", hint);

    public static TarnException TableNotFound(SqlPosition position, string table, string? hint) =>
        Make(ErrorKind.NotFound, "TABLE_NOT_FOUND", position, $"Table '{table}' does not exist", hint);

    public static TarnException Unsupported(SqlPosition position, string what, string? hint = null) =>
        Make(ErrorKind.Unsupported, "NOT_SUPPORTED", position, what, hint);

    public static TarnException Invalid(string code, SqlPosition position, string message, string? hint = null) =>
        Make(ErrorKind.Invalid, code, position, message, hint);

    private static TarnException Make(
        ErrorKind kind, string code, SqlPosition position, string message, string? hint) =>
        new(kind, $"{position}: {message}", hint: hint) { Code = code };
}
