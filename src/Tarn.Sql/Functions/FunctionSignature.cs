using System.Text.RegularExpressions;
using Tarn.Sql.Parsing;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>
/// One row of the function table, written as <c>name(types) result => DuckDB text</c>. Types are Trino's; T, U, K,
/// V stand for any type, N for any number, I for any integer, P for date, timestamp or timestamp with time zone; a
/// trailing <c>...</c> repeats the last. In the text <c>{0}</c> is an argument, <c>{*}</c> all of them; of an
/// aggregate, « and » mark the call that DISTINCT, FILTER and OVER belong to.
/// </summary>
internal sealed partial record FunctionSignature(
    string Name, FunctionKind Kind, IReadOnlyList<string> Parameters, bool IsVariadic, string Result, string Template)
{
    public static FunctionSignature Parse(FunctionKind kind, string row)
    {
        var match = RowPattern().Match(row);
        var parameters = SplitParameters(match.Groups["parameters"].Value);
        var isVariadic = parameters.Count > 0 && parameters[^1].EndsWith("...", StringComparison.Ordinal);
        if (isVariadic)
        {
            parameters[^1] = parameters[^1][..^3];
        }

        return new FunctionSignature(
            match.Groups["name"].Value,
            kind,
            parameters,
            isVariadic,
            match.Groups["result"].Value,
            match.Groups["text"].Value);
    }

    /// <summary>The parameter and result types for these arguments, or null when they do not fit.</summary>
    public (IReadOnlyList<SqlType> Parameters, SqlType Result)? Match(IReadOnlyList<SqlType> arguments)
    {
        if (IsVariadic ? arguments.Count < Parameters.Count : arguments.Count != Parameters.Count)
        {
            return null;
        }

        var bound = new Dictionary<string, SqlType>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!Bind(Parameter(i), arguments[i], bound))
            {
                return null;
            }
        }

        var types = arguments.Select((argument, i) => Widen(Resolve(Parameter(i), bound), argument)).ToList();
        return arguments.Zip(types).All(pair => Coercion.CanCoerce(pair.First, pair.Second))
            ? (types, Resolve(Result, bound))
            : null;
    }

    /// <summary>Functions of times take every precision.</summary>
    private static SqlType Widen(SqlType parameter, SqlType argument) => argument.Precision > parameter.Precision
        ? Coercion.WithPrecision(parameter, argument.Precision)
        : parameter.Kind == argument.Kind ? Coercion.WithPrecision(parameter, argument.Precision) : parameter;

    private string Parameter(int index) => Parameters[Math.Min(index, Parameters.Count - 1)];

    private static bool Bind(string parameter, SqlType argument, Dictionary<string, SqlType> bound)
    {
        if (parameter.StartsWith("array(", StringComparison.Ordinal))
        {
            return argument.Kind is TypeKind.Array or TypeKind.Unknown
                && Bind(parameter[6..^1], argument.Kind == TypeKind.Array ? argument.Arguments[0] : argument, bound);
        }

        if (parameter.StartsWith("map(", StringComparison.Ordinal))
        {
            var parts = parameter[4..^1].Split(',');
            return argument.Kind == TypeKind.Map
                && Bind(parts[0].Trim(), argument.Arguments[0], bound)
                && Bind(parts[1].Trim(), argument.Arguments[1], bound);
        }

        if (parameter.Length > 1)
        {
            return true;
        }

        var known = bound.TryGetValue(parameter, out var before) ? Coercion.Common(before, argument) : argument;
        if (known is null || !Fits(parameter, known))
        {
            return false;
        }

        bound[parameter] = known;
        return true;
    }

    private static bool Fits(string variable, SqlType type) => type.Kind == TypeKind.Unknown || variable switch
    {
        "N" => type.IsNumeric,
        "I" => type.IsInteger,
        "P" => type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampWithTimeZone,
        _ => true,
    };

    private static SqlType Resolve(string text, Dictionary<string, SqlType> bound)
    {
        if (bound.TryGetValue(text, out var type))
        {
            return type;
        }

        if (text.StartsWith("array(", StringComparison.Ordinal))
        {
            return SqlType.Array(Resolve(text[6..^1], bound));
        }

        if (text.StartsWith("map(", StringComparison.Ordinal))
        {
            var parts = text[4..^1].Split(',');
            return SqlType.Map(Resolve(parts[0].Trim(), bound), Resolve(parts[1].Trim(), bound));
        }

        return text switch
        {
            "timestamptz" => SqlType.TimestampTz,
            "geometry" => SqlType.Geometry,
            "sphericalgeography" => SqlType.SphericalGeography,
            "bingtile" => SqlType.BingTile,
            "hyperloglog" => SqlType.HyperLogLog,
            "setdigest" => SqlType.SetDigest,
            "row(geometry,geometry)" => SqlType.Row(["", ""], [SqlType.Geometry, SqlType.Geometry]),
            "row(x integer,y integer)" => SqlType.Row(["x", "y"], [SqlType.Integer, SqlType.Integer]),
            "timetz" => SqlType.TimeTzOf(3),
            _ => new TypeParser(new TokenReader(text)).Parse(),
        };
    }

    private static List<string> SplitParameters(string text)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }

        return parts is [""] ? [] : parts;
    }

    [GeneratedRegex(@"^(?<name>\w+)\((?<parameters>.*?)\) (?<result>[^=]+) => (?<text>.+)$")]
    private static partial Regex RowPattern();
}
