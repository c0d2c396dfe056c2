using System.Text;
using System.Text.RegularExpressions;
using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>json_extract and json_extract_scalar with literal paths of the form <c>$.a["b c"][0]</c>.</summary>
internal static partial class JsonPaths
{
    public static Typed? Extract(SpecialCall call)
    {
        var (value, path) = Arguments(call);
        return new Typed(Guard(call, $"json_extract({value}, {path})"), SqlType.Json);
    }

    /// <summary>NULL for arrays, objects and text that is no JSON.</summary>
    public static Typed? ExtractScalar(SpecialCall call)
    {
        var (value, path) = Arguments(call);
        return new Typed(
            Guard(
                call,
                $"CASE WHEN json_type({value}, {path}) IN ('OBJECT', 'ARRAY') THEN NULL "
                    + $"ELSE json_extract_string({value}, {path}) END"),
            SqlType.Varchar);
    }

    private static string Guard(SpecialCall call, string sql) => call[0].Type.Kind == TypeKind.Json
        ? $"({sql})"
        : $"(CASE WHEN json_valid({call[0].Sql}) THEN {sql} END)";

    private static (string Value, string Path) Arguments(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        if (call[0].Type.Kind is not (TypeKind.Varchar or TypeKind.Json))
        {
            throw call.Mismatch();
        }

        var path = call.LiteralText(1, "JSON path");
        var match = PathPattern().Match(path);
        if (!match.Success)
        {
            throw SqlErrors.Unsupported(
                call.Call.Arguments[1].Position,
                $"JSON path '{path}' is not supported",
                "paths are like $.a[\"b c\"][0]");
        }

        var text = new StringBuilder("$");
        foreach (Capture step in match.Groups["step"].Captures)
        {
            var word = step.Value.TrimStart('.', '[').TrimEnd(']');
            text.Append(
                step.Value[0] == '[' && char.IsAsciiDigit(word[0]) ? $"[{word}]" : $".\"{word.Trim('"', '\'')}\"");
        }

        return (call[0].Sql, DuckText.Text(text.ToString()));
    }

    [GeneratedRegex("""^\$(?<step>\.[A-Za-z_0-9-]+|\[[0-9]+\]|\["[^"\\]+"\]|\['[^'\\"]+'\])*$""")]
    private static partial Regex PathPattern();
}
