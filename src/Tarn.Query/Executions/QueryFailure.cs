using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.Query.Executions;

/// <summary>What an execution shows of a failure: Athena's code and <c>CODE: message</c>.</summary>
internal static partial class QueryFailure
{
    /// <param name="objectsByPath">Objects by the local paths that engine messages may name.</param>
    public static (string Code, string Reason) Describe(
        TarnException failure, IReadOnlyDictionary<string, string> objectsByPath)
    {
        var message = Name(failure.Message, objectsByPath);
        var detail = failure.Detail is null ? "" : Name(failure.Detail, objectsByPath);
        if (RaisedPattern().Match(message) is { Success: true } raised)
        {
            var said = raised.Groups[1].Value;
            return (
                said == "FAILED" ? failure.Code ?? said : said,
                failure.Hint is null ? message : $"{message}. {failure.Hint}");
        }

        if (message.StartsWith("more than one row returned by a subquery", StringComparison.Ordinal))
        {
            return (
                "SUBQUERY_MULTIPLE_ROWS", "SUBQUERY_MULTIPLE_ROWS: Scalar sub-query has returned multiple rows");
        }

        var code = failure.Code ?? CodeOf(failure.Kind, message);
        var reason = $"{code}: {message}";
        if (code is "HIVE_BAD_DATA" && detail.Length > 0)
        {
            reason += $" ({detail.Split('\n')[0]})";
        }

        return (code, failure.Hint is null ? reason : $"{reason}. {failure.Hint}");
    }

    private static string CodeOf(ErrorKind kind, string message) => kind switch
    {
        ErrorKind.Damaged => "HIVE_BAD_DATA",
        ErrorKind.LimitExceeded => "EXCEEDED_MEMORY_LIMIT",
        ErrorKind.NotFound => "NOT_FOUND",
        ErrorKind.Unsupported => "NOT_SUPPORTED",
        ErrorKind.Unavailable => "GENERIC_INTERNAL_ERROR",
        _ when message.Contains("in file \"", StringComparison.Ordinal) => "HIVE_BAD_DATA",
        _ when IsCast(message) => "INVALID_CAST_ARGUMENT",
        _ when message.StartsWith("map keys", StringComparison.Ordinal)
            || message.StartsWith("the map key list", StringComparison.Ordinal)
            || message.StartsWith("unknown TimeZone", StringComparison.Ordinal) => "INVALID_FUNCTION_ARGUMENT",
        _ when message.Contains("verflow", StringComparison.Ordinal)
            || message.Contains("out of range", StringComparison.Ordinal) => "NUMERIC_VALUE_OUT_OF_RANGE",
        _ => "SYNTAX_ERROR",
    };

    /// <summary>
    /// A conversion that fails; one of an integer that does not fit another width is out of range instead.
    /// </summary>
    private static bool IsCast(string message) =>
        new[]
        {
            "could not convert", "could not cast", "failed to cast", "casting value", "type DOUBLE with value",
            "type FLOAT with value", "invalid date field", "date field value", "timestamp field value",
            "time field value", "invalid timestamp", "invalid time",
        }.Any(start => message.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static string Name(string message, IReadOnlyDictionary<string, string> objectsByPath)
    {
        // Longest first: one path may be the beginning of another.
        foreach (var (path, name) in objectsByPath.OrderByDescending(pair => pair.Key.Length))
        {
            message = message.Replace(path, name, StringComparison.Ordinal);
        }

        return message;
    }

    /// <summary>What the translator's own error() calls raise.</summary>
    [GeneratedRegex("^([A-Z][A-Z_]+): ")]
    private static partial Regex RaisedPattern();
}
