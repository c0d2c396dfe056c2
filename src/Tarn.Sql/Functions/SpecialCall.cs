using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>A call on its way to DuckDB text: arguments are translated when asked for.</summary>
/// <param name="translated">The arguments as they are, shared by calls that only differ in their binding.</param>
/// <param name="binding">Where arguments get names; null when their text may stand as it is.</param>
internal sealed class SpecialCall(
    Expression.Call call,
    Scope scope,
    CallTranslator calls,
    TranslationState state,
    Dictionary<int, Typed> translated,
    Once.Binding? binding)
{
    /// <summary>They evaluate an argument only when it is wanted, or have clauses for more than one row.</summary>
    private static readonly HashSet<string> Unbound =
        ["coalesce", "if", "try", "grouping", "listagg", "typeof", .. AggregateSpecials.Table.Keys];

    private readonly Dictionary<int, Typed> _arguments = [];

    public Expression.Call Call => call;

    public Scope Scope => scope;

    public TranslationState State => state;

    public int Count => call.Arguments.Count;

    /// <summary>One of the arguments asked for may not be computed twice.</summary>
    public bool NeedsBinding { get; private set; }

    public Typed this[int index]
    {
        get
        {
            if (!_arguments.TryGetValue(index, out var typed))
            {
                typed = Translated(index);
                NeedsBinding |= Once.IsNeeded(typed.Sql) && !Unbound.Contains(call.Name);
                typed = binding?.Add(typed) ?? typed;
                _arguments[index] = typed;
            }

            return typed;
        }
    }

    private Typed Translated(int index)
    {
        if (!translated.TryGetValue(index, out var typed))
        {
            typed = calls.Argument(call.Arguments[index], scope);
            translated[index] = typed;
        }

        return typed;
    }

    public void RequireArguments(int least, int most)
    {
        if (Count < least || Count > most)
        {
            throw Mismatch();
        }
    }

    public TarnException Mismatch() =>
        CallTranslator.Mismatch(call, [.. Enumerable.Range(0, Count).Select(i => this[i].Type)]);

    /// <summary>The argument as a literal string, or the error that says it must be one.</summary>
    public string LiteralText(int index, string what) =>
        call.Arguments[index] is Expression.Literal { Type.Kind: TypeKind.Varchar, Text: { } text }
            ? text
            : throw SqlErrors.Unsupported(
                call.Arguments[index].Position, $"{call.Name} takes a literal {what} here");

    public Typed Argument(Expression expression) => calls.Argument(expression, scope);

    public Typed Again(string name) => calls.Translate(call with { Name = name }, scope);

    public Typed Operator(string symbol)
    {
        RequireArguments(2, 2);
        return Operator(symbol, this[0], this[1], call.Arguments[1]);
    }

    public Typed Operator(string symbol, Typed left, Typed right, Expression? rightSource = null)
    {
        var placeholder = new Expression.Literal(call.Position, null, SqlType.Unknown);
        return new Operators(state).Binary(
            new Expression.Binary(call.Position, symbol, placeholder, rightSource ?? placeholder), left, right);
    }

    /// <summary>An aggregate whose text and type were decided by code.</summary>
    public Typed Aggregate(string template, SqlType result) =>
        calls.Fill(
            call,
            template,
            [
                .. Enumerable.Range(0, Count).Select(i =>
                    call.Arguments[i] is Expression.Lambda ? new Typed("", SqlType.Unknown) : this[i]),
            ],
            result,
            scope);

    public Typed Cast(SqlType type)
    {
        RequireArguments(1, 1);
        return Casts.Translate(
            new Expression.Cast(call.Position, call.Arguments[0], type, null, IsTry: false), this[0], state);
    }

    /// <summary>The argument as CAST to varchar gives it.</summary>
    public Typed AsVarchar(int index) => Casts.Translate(
        new Expression.Cast(call.Position, call.Arguments[index], SqlType.Varchar, null, IsTry: false),
        this[index],
        state);

    public Typed AtTimeZone()
    {
        RequireArguments(2, 2);
        return calls.Argument(new Expression.AtTimeZone(call.Position, call.Arguments[0], call.Arguments[1]), scope);
    }

    /// <summary>
    /// A lambda's body with its parameters bound to <paramref name="types"/>; null when the argument is no lambda.
    /// </summary>
    public (string Parameters, Typed Body)? Lambda(int index, params SqlType[] types)
    {
        if (call.Arguments[index] is not Expression.Lambda lambda || lambda.Parameters.Count != types.Length)
        {
            return null;
        }

        var names = lambda.Parameters.Select(_ => state.NewName("x")).ToList();
        return (string.Join(", ", names), Bind(index, [.. names.Zip(types)])!.Value);
    }

    /// <summary>A lambda's body with its parameters standing for these texts; null when the argument is none.</summary>
    public Typed? Bind(int index, params (string Sql, SqlType Type)[] values)
    {
        if (call.Arguments[index] is not Expression.Lambda lambda || lambda.Parameters.Count != values.Length)
        {
            return null;
        }

        var inner = new Scope(scope.From, scope)
        {
            First =
            [
                .. lambda.Parameters.Select(
                    (name, i) => new OutputColumn(name.Text, values[i].Sql, values[i].Type, [])),
            ],
        };
        GroupingCheck.CheckScalar(lambda.Body, "Lambda expression");
        return calls.Argument(lambda.Body, inner);
    }
}
