using System.Text;
using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Functions;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Function calls: finds the row of the table that fits and fills in its text.</summary>
internal sealed partial class CallTranslator(TranslationState state, ExpressionTranslator expressions)
{
    private readonly WindowTranslator _windows = new(expressions);

    public Typed Argument(Expression expression, Scope scope) => expressions.Translate(expression, scope);

    public Typed Translate(Expression.Call call, Scope scope)
    {
        var rows = FunctionTable.Find(call.Name).ToList();
        if (rows.Count == 0 && RefusedFunctions.All.TryGetValue(call.Name, out var reason))
        {
            throw SqlErrors.Unsupported(call.Position, $"function '{call.Name}': {reason}");
        }

        if (rows.Count == 0 && !SpecialFunctions.Names.Contains(call.Name))
        {
            throw SqlErrors.Invalid(
                "FUNCTION_NOT_FOUND",
                call.Position,
                $"Function '{call.Name}' not registered",
                Suggestion.Hint(
                    call.Name, FunctionTable.Names) ?? "docs/coverage/functions.md lists what is there");
        }

        CheckClauses(call, rows);
        CallChecks.CheckLiterals(call);
        if (call.Over is { } over)
        {
            CallChecks.CheckWindow(call, WindowTranslator.Resolve(over, scope.Windows));
        }

        if (TranslateSpecial(call, scope) is { } special)
        {
            return special;
        }

        var arguments = call.Arguments.Select(argument => Argument(argument, scope)).ToList();
        var types = arguments.Select(argument => argument.Type).ToList();
        var matches = rows
            .Select(row => (Row: row, Match: row.Match(types)))
            .Where(candidate => candidate.Match is not null)
            .OrderByDescending(
                candidate => candidate.Match!.Value.Parameters.Zip(types).Sum(
                    pair => pair.First.Equals(pair.Second) ? 2 : pair.First.Kind == pair.Second.Kind ? 1 : 0))
            .ToList();
        if (matches.Count == 0)
        {
            throw Mismatch(call, types);
        }

        var (row, match) = matches[0];
        var texts = arguments.Select((argument, i) =>
            new Typed(
                DuckText.Coerce(argument, match!.Value.Parameters[i]),
                Shown(argument.Type, match.Value.Parameters[i])));
        if (row.Kind != FunctionKind.Scalar)
        {
            return Fill(
                call,
                row.Template,
                [.. texts.Select(text => call.IsDistinct ? text with { Sql = MapOrder.Sort(text) } : text)],
                match!.Value.Result,
                scope);
        }

        return new Once(state).Bind(
            [.. texts], bound => Fill(call, row.Template, bound, match!.Value.Result, scope));
    }

    /// <summary>A second time when an argument must be bound to a name: all of them are, then.</summary>
    private Typed? TranslateSpecial(Expression.Call call, Scope scope)
    {
        var translated = new Dictionary<int, Typed>();
        var first = new SpecialCall(call, scope, this, state, translated, binding: null);
        var plain = SpecialFunctions.Translate(first);
        if (plain is null || !first.NeedsBinding)
        {
            return plain;
        }

        var binding = new Once.Binding(state);
        var bound = SpecialFunctions.Translate(new SpecialCall(call, scope, this, state, translated, binding));
        return bound is { } typed ? binding.Close(typed, isKept: false) : null;
    }

    public static TarnException Mismatch(Expression.Call call, IReadOnlyList<SqlType> types)
    {
        var expected = FunctionTable.Find(call.Name).Select(
            row => $"{call.Name}({string.Join(", ", row.Parameters)})").ToList();
        return SqlErrors.Invalid(
            "FUNCTION_NOT_FOUND",
            call.Position,
            $"Unexpected parameters ({string.Join(", ", types)}) for function {call.Name}",
            expected.Count == 0 ? null : $"expected: {string.Join("; ", expected)}");
    }

    /// <summary>Puts arguments and clauses into a row's text.</summary>
    public Typed Fill(
        Expression.Call call, string template, IReadOnlyList<Typed> arguments, SqlType result, Scope scope)
    {
        var text = Placeholders().Replace(template, match => match.Groups[1].Value switch
        {
            "*" => string.Join(", ", arguments.Select(argument => argument.Sql)),
            "R" => result.DuckDbName,
            "T" => arguments[0].Type.DuckDbName,
            ['!', .. var message] => Operators.Fail(message, result, state),
            ['@', .. var index] => DuckText.Local(arguments[int.Parse(index, null)]),
            var index => arguments[int.Parse(index, null)].Sql,
        });
        return new Typed(
            Marked().Replace(text, match => WithClauses(call, match.Groups[1].Value, scope)), result);
    }

    private static SqlType Shown(SqlType actual, SqlType parameter) =>
        actual.Kind == TypeKind.TimestampWithTimeZone ? actual : parameter;

    private string WithClauses(Expression.Call call, string inner, Scope scope)
    {
        var text = new StringBuilder(inner);
        var open = inner.IndexOf('(', StringComparison.Ordinal);
        if (call.IsDistinct)
        {
            text.Insert(open + 1, "DISTINCT ");
        }

        if (call.OrderBy.Count > 0)
        {
            text.Insert(text.Length - 1, $" ORDER BY {_windows.OrderBy(call.OrderBy, scope)}");
        }

        if (call.IgnoresNulls)
        {
            text.Insert(text.Length - 1, " IGNORE NULLS");
        }

        if (call.Filter is not null)
        {
            text.Append($" FILTER (WHERE {expressions.TranslateCondition(call.Filter, scope, "FILTER")})");
        }

        if (call.Over is { } window)
        {
            text.Append($" OVER ({_windows.Translate(window, scope)})");
        }

        return text.ToString();
    }

    private static void CheckClauses(Expression.Call call, List<FunctionSignature> rows)
    {
        var kind = rows.Count > 0 ? rows[0].Kind
            : call.IsWithinGroup || AggregateSpecials.Table.ContainsKey(call.Name) ? FunctionKind.Aggregate
            : FunctionKind.Scalar;
        if (kind == FunctionKind.Window && call.Over is null)
        {
            throw SqlErrors.Invalid(
                "MISSING_OVER", call.Position, $"Window function {call.Name} requires an OVER clause");
        }

        if (kind == FunctionKind.Scalar && call.Over is not null)
        {
            throw SqlErrors.Invalid("FUNCTION_NOT_WINDOW", call.Position, $"Not a window function: {call.Name}");
        }

        if (kind == FunctionKind.Scalar && (call.Filter is not null || call.IsDistinct || call.OrderBy.Count > 0))
        {
            throw SqlErrors.Invalid(
                "FUNCTION_NOT_AGGREGATE",
                call.Position,
                $"DISTINCT, ORDER BY and FILTER need an aggregate, which '{call.Name}' is not");
        }

        if (kind == FunctionKind.Window && (call.IsDistinct || call.OrderBy.Count > 0 || call.Filter is not null))
        {
            throw SqlErrors.Syntax(call.Position, $"DISTINCT, ORDER BY and FILTER do not go with {call.Name}");
        }

        if (call.IgnoresNulls && call.Name is not ("lag" or "lead" or "first_value" or "last_value" or "nth_value"))
        {
            throw SqlErrors.Syntax(call.Position, $"IGNORE NULLS does not go with {call.Name}");
        }

        if (call.IsDistinct && call.Arguments.Count == 0)
        {
            throw SqlErrors.Syntax(call.Position, "DISTINCT needs an argument");
        }
    }

    [GeneratedRegex("«([^»]*)»")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\{(\d+|\*|R|T|@\d+|![^}]+)\}")]
    private static partial Regex Placeholders();
}
