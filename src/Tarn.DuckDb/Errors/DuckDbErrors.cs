using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.DuckDb.Errors;

/// <summary>
/// DuckDB's error text as a <see cref="TarnException"/>. A text looks like <c>Binder Error: Referenced column "x" not
/// found in FROM clause!\nCandidate bindings: "y"\n\nLINE 1: SELECT x\n       ^</c>: the class decides the kind, the
/// first line becomes the message and the rest the detail.
/// </summary>
internal static partial class DuckDbErrors
{
    /// <summary>
    /// Texts that DuckDB gives when a file is not what its reader expects, under several error classes.
    /// </summary>
    private static readonly string[] DamageMarks =
    [
        "magic bytes", "too small to be a Parquet file", "Parquet file is corrupt", "corrupt", "Malformed JSON",
        "TProtocolException", "decompression failure", "Decompression failure", "decompress", "CSV Error",
        "Failed to read file", "Input is not a GZIP stream", "Invalid unicode", "unexpected end of", "Failed to decode",
        "Out of buffer", "Footer length", "thrift",
    ];

    public static bool IsInterrupt(string text) => text.StartsWith("INTERRUPT", StringComparison.OrdinalIgnoreCase);

    /// <summary>After a fatal error DuckDB refuses every later statement of the instance.</summary>
    public static bool IsFatal(string text) => text.StartsWith("FATAL", StringComparison.OrdinalIgnoreCase);

    public static TarnException ToException(string text)
    {
        if (IsInterrupt(text))
        {
            return Hidden();
        }

        var (label, rest) = Split(text);
        if (SpillLimit().Match(rest) is { Success: true } spill)
        {
            return Spilled(spill.Groups["limit"].Value);
        }

        var lineEnd = rest.IndexOf('\n', StringComparison.Ordinal);
        var first = lineEnd < 0 ? rest : rest[..lineEnd];
        var detail = lineEnd < 0 ? null : rest[(lineEnd + 1)..].Trim('\n', ' ');
        return new TarnException(KindOf(label, rest), Tidy(first), string.IsNullOrEmpty(detail) ? null : detail)
        {
            Code = RaisedCode().Match(first) is { Success: true } raised ? raised.Groups[1].Value : null,
        };
    }

    /// <summary>
    /// An interrupt that nobody asked for: one thread of a query met an error and stopped the others, and the reader
    /// was told of the stop before the error. About one in a hundred failures that come while rows are read; DuckDB
    /// keeps the error to itself then.
    /// </summary>
    private static TarnException Hidden() => new(
        ErrorKind.Unavailable,
        "the query was stopped by an error that DuckDB did not tell",
        hint: "run it again: the error is told nearly always");

    private static TarnException Spilled(string limit) => new(
        ErrorKind.LimitExceeded,
        $"query exceeded local spill limit of {limit}",
        hint: "sort, join or group fewer rows at once, or raise the limit of memory or of spilling")
    {
        Code = "EXCEEDED_SPILL_LIMIT",
    };

    private static ErrorKind KindOf(string label, string text) => label switch
    {
        "Out of Memory" => ErrorKind.LimitExceeded,
        "Permission" => ErrorKind.Denied,
        "Not implemented" => ErrorKind.Unsupported,
        "TransactionContext" or "Transaction" => ErrorKind.Conflict,
        "IO" or "HTTP" or "Network" or "Connection" => Damage(text) ?? ErrorKind.Unavailable,
        "FATAL" or "INTERNAL" or "Serialization" => Damage(text) ?? ErrorKind.Unavailable,
        _ => Damage(text) ?? ErrorKind.Invalid,
    };

    private static ErrorKind? Damage(string text) =>
        DamageMarks.Any(mark => text.Contains(mark, StringComparison.Ordinal)) ? ErrorKind.Damaged : null;

    private static (string Label, string Body) Split(string text)
    {
        const string Mark = " Error: ";
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        return at is > 0 and < 32 && !text.AsSpan(0, at).Contains('\n')
            ? (text[..at], text[(at + Mark.Length)..].Trim())
            : (string.Empty, text.Trim());
    }

    /// <summary>What error() and functions in C# raise begins with Athena's code.</summary>
    [GeneratedRegex("^([A-Z]+(?:_[A-Z]+)+): ")]
    private static partial Regex RaisedCode();

    /// <summary>What "Out of Memory" says when it is the temp directory that may not grow.</summary>
    [GeneratedRegex(@"/(?<limit>[0-9.]+ [A-Za-z]+) used\)[^(]*'max_temp_directory_size'")]
    private static partial Regex SpillLimit();

    private static string Tidy(string line)
    {
        var text = line.Trim().TrimEnd('!', '.');
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1])
            ? char.ToLowerInvariant(text[0]) + text[1..]
            : text;
    }
}
