using Tarn.Primitives.Errors;

namespace Tarn.Query.Statements;

/// <summary>
/// Failures of DDL in Hive's words, which programs that talk to Athena look for. They stand alone: no code before them.
/// </summary>
internal static class HiveFailure
{
    private const string Task = "FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. ";

    /// <summary>What was asked for makes no sense as it is.</summary>
    public static TarnException Semantic(ErrorKind kind, string code, string message, string? hint = null) =>
        new(kind, $"FAILED: SemanticException {message}", hint: hint) { Code = code };

    /// <summary>It could not be done.</summary>
    public static TarnException Execution(ErrorKind kind, string code, string message, string? hint = null) =>
        new(kind, Task + message, hint: hint) { Code = code };

    public static TarnException NoDatabase(string name) => Semantic(
        ErrorKind.NotFound, "SCHEMA_NOT_FOUND", $"[Error 10072]: Database does not exist: {name}");

    public static TarnException NoTable(string name) => Semantic(
        ErrorKind.NotFound, "TABLE_NOT_FOUND", $"[Error 10001]: Table not found {name}");

    public static TarnException Refused(string what, string? hint) =>
        new(ErrorKind.Unsupported, what, hint: hint) { Code = "NOT_SUPPORTED" };
}
