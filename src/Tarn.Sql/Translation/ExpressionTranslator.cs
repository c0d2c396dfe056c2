using Tarn.Sql.Errors;
using Tarn.Sql.Functions;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>
/// Expressions to DuckDB text with a Trino type. Operators are in <see cref="Operators"/>, functions in a table.
/// </summary>
internal sealed class ExpressionTranslator
{
    private readonly TranslationState _state;
    private readonly QueryTranslator _queries;
    private readonly Operators _operators;
    private readonly CallTranslator _calls;

    public ExpressionTranslator(TranslationState state, QueryTranslator queries)
    {
        _state = state;
        _queries = queries;
        _operators = new Operators(state);
        _calls = new CallTranslator(state, this);
    }

    /// <summary>A condition, which must be boolean.</summary>
    public string TranslateCondition(Expression condition, Scope scope, string clause)
    {
        var typed = Translate(condition, scope);
        return typed.Type.Kind is TypeKind.Boolean or TypeKind.Unknown
            ? typed.Sql
            : throw SqlErrors.TypeMismatch(
                condition.Position, $"{clause} clause must evaluate to a boolean: actual type {typed.Type}");
    }

    public Typed Translate(Expression expression, Scope scope)
    {
        switch (expression)
        {
            case Expression.Literal literal: return Literals.Translate(literal);
            case Expression.Interval interval: return Literals.Translate(interval);
            case Expression.Reference name: return TranslateName(name, scope);
            case Expression.Field field:
                return TakeField(Translate(field.Value, scope), field.Member);
            case Expression.Unary unary: return Operators.Unary(unary, Translate(unary.Value, scope));
            case Expression.Binary { Operator: "AND" or "OR" } binary:
                var left = TranslateCondition(binary.Left, scope, $"Logical expression term of {binary.Operator}");
                var right = TranslateCondition(binary.Right, scope, $"Logical expression term of {binary.Operator}");
                return new Typed($"({left} {binary.Operator} {right})", SqlType.Boolean);
            case Expression.Binary binary:
                return _operators.Binary(binary, Translate(binary.Left, scope), Translate(binary.Right, scope));
            case Expression.Between between: return TranslateBetween(between, scope);
            case Expression.InList list: return TranslateInList(list, scope);
            case Expression.InQuery query: return TranslateInQuery(query, scope);
            case Expression.Exists exists:
                return TranslateExists(exists, scope);
            case Expression.Subquery subquery:
                var single = TranslateSingle(subquery.Query, scope, subquery.Position);
                return new Typed($"({single.Sql})", single.Type);
            case Expression.Like like: return TranslateLike(like, scope);
            case Expression.IsNull test:
                return new Typed($"({Translate(test.Value, scope).Sql} IS NULL)", SqlType.Boolean);
            case Expression.Case choice: return TranslateCase(choice, scope);
            case Expression.Cast cast: return Casts.Translate(cast, Translate(cast.Value, scope), _state);
            case Expression.Call call: return _calls.Translate(call, scope);
            case Expression.ArrayOf array: return TranslateArray(array, scope);
            case Expression.RowOf row: return TranslateRow(row, scope);
            case Expression.Subscript subscript:
                return _operators.Subscript(
                    subscript, Translate(subscript.Value, scope), Translate(subscript.Index, scope));
            case Expression.AtTimeZone zoned: return TranslateZone(zoned, scope);
            case Expression.Lambda lambda:
                throw SqlErrors.Syntax(lambda.Position, "a lambda expression is only allowed as a function's argument");
            case Expression.Parameter parameter: throw Unbound(parameter);
            case Expression.Quantified test: return TranslateQuantified(test, scope);
            case Expression.JsonPath json: return new JsonTranslator(_state, this).Translate(json, scope);
            case Expression.JsonObject json: return new JsonTranslator(_state, this).Translate(json, scope);
            case Expression.JsonArray json: return new JsonTranslator(_state, this).Translate(json, scope);
            default: throw new InvalidOperationException($"no translation of {expression.GetType().Name}");
        }
    }

    public static Primitives.Errors.TarnException Unbound(Expression.Parameter parameter) => SqlErrors.Invalid(
        "INVALID_PARAMETER_USAGE",
        parameter.Position,
        $"Incorrect number of parameters: expected {parameter.Index + 1} but found {parameter.Index}",
        "give a value for each '?'");

    private Typed TranslateName(Expression.Reference name, Scope scope)
    {
        var (column, parts) = scope.Resolve(name);
        _state.Uses.UnionWith(column.Uses);
        var value = new Typed(column.Sql, RelationTranslator.RequireType(column, name.Position));
        foreach (var field in name.Parts.Skip(parts))
        {
            value = TakeField(value, field);
        }

        return value;
    }

    private static Typed TakeField(Typed value, Identifier member)
    {
        if (value.Type.Kind != TypeKind.Row)
        {
            throw SqlErrors.TypeMismatch(
                member.Position, $"Expression of type {value.Type} has no field '{member.Text}'");
        }

        var at = value.Type.FieldNames.ToList()
            .FindIndex(name => name.Equals(member.Text, StringComparison.OrdinalIgnoreCase));
        return at < 0
            ? throw SqlErrors.ColumnNotFound(
                member.Position,
                member.Text,
                Primitives.Errors.Suggestion.Hint(member.Text, value.Type.FieldNames))
            : new Typed($"({value.Sql}).{DuckText.Name(value.Type.FieldKey(at))}", value.Type.Arguments[at]);
    }

    private Typed TranslateBetween(Expression.Between between, Scope scope)
    {
        var value = Translate(between.Value, scope);
        var low = Translate(between.Low, scope);
        var high = Translate(between.High, scope);
        var type = Operators.Comparable(between.Position, ">=", value.Type, low.Type);
        type = Operators.Comparable(between.Position, "<=", type, high.Type);
        if (type.Arguments.Count > 0 || type.Kind == TypeKind.TimeWithTimeZone)
        {
            return new Typed(
                $"({_operators.Compare(between.Position, ">=", value, low)} "
                    + $"AND {_operators.Compare(between.Position, "<=", value, high)})",
                SqlType.Boolean);
        }

        return new Typed(
            $"({DuckText.Coerce(value, type)} BETWEEN {DuckText.Coerce(low, type)} AND {DuckText.Coerce(high, type)})",
            SqlType.Boolean);
    }

    private Typed TranslateInList(Expression.InList list, Scope scope)
    {
        var value = Translate(list.Value, scope);
        var items = list.Items.Select(item => Translate(item, scope)).ToList();
        var type = items.Aggregate(
            value.Type, (common, item) => Operators.Comparable(list.Position, "IN", common, item.Type));
        var coerced = items.Select(item => new Typed(DuckText.Coerce(item, type), type)).ToList();
        return new Typed(
            new Comparisons(_state).In(new Typed(DuckText.Coerce(value, type), type), coerced), SqlType.Boolean);
    }

    private Typed TranslateInQuery(Expression.InQuery query, Scope scope)
    {
        var value = Translate(query.Value, scope);
        var rows = TranslateSingle(query.Query, scope, query.Position);
        var type = Operators.Comparable(query.Position, "IN", value.Type, rows.Type);
        var alias = _state.NewName("r");
        var text = rows.Type.Equals(type)
            ? rows.Sql
            : $"SELECT {DuckText.Coerce(new Typed($"{alias}.v", rows.Type), type)} FROM ({rows.Sql}) AS {alias}(v)";
        return new Typed($"({DuckText.Coerce(value, type)} IN ({text}))", SqlType.Boolean);
    }

    /// <summary>A star gives no value that counts here, and would have every column read.</summary>
    private Typed TranslateExists(Expression.Exists exists, Scope scope)
    {
        var query = exists.Query;
        if (query.Body is QueryBody.Select { IsDistinct: false, From.Count: > 0 } select
            && select.Items is [{ Value: null, Qualifier.Count: 0 } star])
        {
            var one = new Expression.Literal(star.Position, "1", SqlType.Integer);
            query = query with { Body = select with { Items = [star with { Value = one }] } };
        }

        var rows = _queries.Translate(query, scope);
        _state.Uses.UnionWith(rows.Columns.SelectMany(column => column.Uses));
        return new Typed($"EXISTS ({rows.Sql})", SqlType.Boolean);
    }

    private Typed TranslateQuantified(Expression.Quantified test, Scope scope)
    {
        var value = Translate(test.Value, scope);
        var rows = TranslateSingle(test.Query, scope, test.Position);
        var type = Operators.Comparable(test.Position, test.Operator, value.Type, rows.Type);
        if (test.Operator is not ("=" or "<>") && type.Kind is TypeKind.Map or TypeKind.Array or TypeKind.Row)
        {
            throw SqlErrors.TypeMismatch(
                test.Position, $"Type [{type}] must be orderable in order to be used in quantified comparison");
        }

        var alias = _state.NewName("r");
        var column = Comparisons.Key(new Typed(DuckText.Coerce(new Typed($"{alias}.v", rows.Type), type), type));
        return new Typed(
            $"({Comparisons.Key(new Typed(DuckText.Coerce(value, type), type))} {test.Operator} {test.Quantifier} "
                + $"(SELECT {column} FROM ({rows.Sql}) AS {alias}(v)))",
            SqlType.Boolean);
    }

    private Typed TranslateSingle(Query query, Scope scope, SqlPosition position)
    {
        var result = _queries.Translate(query, scope);
        _state.Uses.UnionWith(result.Columns.SelectMany(column => column.Uses));
        return result.Columns.Count == 1
            ? new Typed(result.Sql, RelationTranslator.RequireType(result.Columns[0], position))
            : throw SqlErrors.Syntax(
                position, $"Multiple columns returned by subquery are not yet supported. Found {result.Columns.Count}");
    }

    private Typed TranslateLike(Expression.Like like, Scope scope)
    {
        var parts = new[] { like.Value, like.Pattern, like.Escape }.OfType<Expression>().Select(part =>
        {
            var typed = Translate(part, scope);
            return typed.Type.IsText || typed.Type.Kind == TypeKind.Unknown
                ? DuckText.Coerce(typed, SqlType.Varchar)
                : throw SqlErrors.TypeMismatch(
                    part.Position, $"Left side of LIKE expression must evaluate to a varchar (actual: {typed.Type})");
        }).ToList();
        var escape = parts.Count == 3 ? $" ESCAPE {parts[2]}" : "";
        return new Typed($"({parts[0]} LIKE {parts[1]}{escape})", SqlType.Boolean);
    }

    private Typed TranslateCase(Expression.Case choice, Scope scope)
    {
        var operand = choice.Operand is null ? (Typed?)null : Translate(choice.Operand, scope);
        var whens = new List<string>();
        var results = new List<Typed>();
        foreach (var (when, then) in choice.Branches)
        {
            whens.Add(operand is { } value
                ? _operators.Compare(when.Position, "=", value, Translate(when, scope))
                : TranslateCondition(when, scope, "CASE WHEN"));
            results.Add(Translate(then, scope));
        }

        if (choice.Else is not null)
        {
            results.Add(Translate(choice.Else, scope));
        }

        var type = CommonType(choice.Position, "All CASE results must be the same type", results);
        var branches = whens.Select((when, i) => $" WHEN {when} THEN {DuckText.Coerce(results[i], type)}");
        var otherwise = choice.Else is null ? "" : $" ELSE {DuckText.Coerce(results[^1], type)}";
        return new Typed($"(CASE{string.Concat(branches)}{otherwise} END)", type);
    }

    public static SqlType CommonType(SqlPosition position, string message, IReadOnlyList<Typed> values) =>
        values.Select(value => value.Type).Aggregate((a, b) =>
            Coercion.Common(a, b) ?? throw SqlErrors.TypeMismatch(position, $"{message}: {a} vs {b}"));

    private Typed TranslateArray(Expression.ArrayOf array, Scope scope)
    {
        var items = array.Items.Select(item => Translate(item, scope)).ToList();
        var type = items.Count == 0
            ? SqlType.Unknown
            : CommonType(array.Position, "All ARRAY elements must be the same type", items);
        var texts = items.Select(item => DuckText.Coerce(item, type));
        return new Typed(
            $"CAST([{string.Join(", ", texts)}] AS {type.DuckDbName}[])", SqlType.Array(type));
    }

    private Typed TranslateRow(Expression.RowOf row, Scope scope)
    {
        var items = row.Items.Select(item => Translate(item, scope)).ToList();
        var fields = items.Select((item, i) => $"\"field{i}\" := {item.Sql}");
        return new Typed(
            $"struct_pack({string.Join(", ", fields)})",
            SqlType.Row([.. items.Select(_ => "")], [.. items.Select(item => item.Type)]));
    }

    private Typed TranslateZone(Expression.AtTimeZone zoned, Scope scope)
    {
        var value = Translate(zoned.Value, scope);
        var zone = Zones.Literal(zoned.Zone, "AT TIME ZONE");

        // A plain timestamp is one of the session, which is UTC; the zone then only changes how it is shown.
        return value.Type.Kind is TypeKind.Timestamp or TypeKind.TimestampWithTimeZone
            ? new Typed(
                DuckText.Coerce(value, SqlType.InZone("UTC", value.Type.Precision)),
                SqlType.InZone(zone, value.Type.Precision))
            : throw SqlErrors.TypeMismatch(
                zoned.Position,
                $"Type of value must be a time or timestamp with or without time zone (actual {value.Type})");
    }
}
