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
    private readonly Subqueries _subqueries;
    private readonly Operators _operators;
    private readonly Once _once;
    private readonly CallTranslator _calls;

    public ExpressionTranslator(TranslationState state, QueryTranslator queries)
    {
        _state = state;
        _subqueries = new Subqueries(state, queries, this);
        _operators = new Operators(state);
        _once = new Once(state);
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

    /// <summary>A condition that keeps the rows where it is true: NULL in it may stand for false.</summary>
    public string TranslateFilter(Expression condition, Scope scope, string clause)
    {
        switch (condition)
        {
            case Expression.Binary { Operator: "AND" } and:
                return $"({TranslateFilter(and.Left, scope, clause)} AND {TranslateFilter(and.Right, scope, clause)})";
            case Expression.InQuery test:
                return _subqueries.In(test, scope, isFilter: true).Sql;
            case Expression.Binary { Operator: "=" or "<" or "<=" or ">" or ">=" } test when clause == "JOIN ON":
                var (left, right) = (Translate(test.Left, scope), Translate(test.Right, scope));
                return Operators.JoinKey(test, left, right) ?? TranslateCondition(condition, scope, clause);
            default:
                return Pinned(TranslateCondition(condition, scope, clause), scope);
        }
    }

    /// <summary>
    /// DuckDB tests a condition without columns below UNNEST, once for all of its rows; a random one is for each.
    /// </summary>
    private static string Pinned(string sql, Scope scope)
    {
        var columns = scope.From.Sources
            .Select(source => source.Columns.FirstOrDefault(column => column.Uses.Count == 0)?.Sql)
            .OfType<string>()
            .ToList();
        return Once.IsVolatile(sql) && columns.Count > 0
            ? $"list_transform([struct_pack(o := {sql}, "
                + $"{string.Join(", ", columns.Select((column, i) => $"p{i} := {column}"))})], lambda k: k.o)[1]"
            : sql;
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
                return _once.Bind(
                    [Translate(binary.Left, scope), Translate(binary.Right, scope)],
                    sides => _operators.Binary(binary, sides[0], sides[1]));
            case Expression.Between between: return TranslateBetween(between, scope);
            case Expression.InList list: return TranslateInList(list, scope);
            case Expression.InQuery query: return _subqueries.In(query, scope, isFilter: false);
            case Expression.Exists exists: return _subqueries.Exists(exists, scope);
            case Expression.Subquery subquery: return _subqueries.Single(subquery, scope);
            case Expression.Like like: return TranslateLike(like, scope);
            case Expression.IsNull test:
                return new Typed($"({Translate(test.Value, scope).Sql} IS NULL)", SqlType.Boolean);
            case Expression.Case choice: return TranslateCase(choice, scope);
            case Expression.Cast cast:
                return _once.Bind(
                    [Translate(cast.Value, scope)], value => Casts.Translate(cast, value[0], _state));
            case Expression.Call call: return _calls.Translate(call, scope);
            case Expression.ArrayOf array: return TranslateArray(array, scope);
            case Expression.RowOf row: return TranslateRow(row, scope);
            case Expression.Subscript subscript:
                return _once.Bind(
                    [Translate(subscript.Value, scope), Translate(subscript.Index, scope)],
                    parts => _operators.Subscript(subscript, parts[0], parts[1]));
            case Expression.AtTimeZone zoned: return TranslateZone(zoned, scope);
            case Expression.Lambda lambda:
                throw SqlErrors.Syntax(lambda.Position, "a lambda expression is only allowed as a function's argument");
            case Expression.Parameter parameter: throw Unbound(parameter);
            case Expression.Quantified test: return _subqueries.Quantified(test, scope);
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
                Primitives.Errors.Suggestion.Hint(
                    member.Text, value.Type.FieldNames.Where(name => name.Length > 0)))
            : new Typed($"({value.Sql}).{DuckText.Name(value.Type.FieldKey(at))}", value.Type.Arguments[at]);
    }

    private Typed TranslateBetween(Expression.Between between, Scope scope) => _once.Bind(
        [Translate(between.Value, scope), Translate(between.Low, scope), Translate(between.High, scope)],
        parts => Between(between, parts[0], parts[1], parts[2]),
        isMultiplied: true);

    private Typed Between(Expression.Between between, Typed value, Typed low, Typed high)
    {
        var type = Operators.Comparable(between.Position, ">=", value.Type, low.Type);
        type = Operators.Comparable(between.Position, "<=", type, high.Type);
        var isPlain = type.Arguments.Count == 0 && type.Kind != TypeKind.TimeWithTimeZone
            && (!type.IsFloating
                || (Comparisons.IsNumber(high) && Comparisons.IsNumber(value))
                || (Comparisons.IsLiteral(high) && Comparisons.IsLiteral(low)));
        return new Typed(
            isPlain
                ? $"({DuckText.Coerce(value, type)} BETWEEN {DuckText.Coerce(low, type)} "
                    + $"AND {DuckText.Coerce(high, type)})"
                : $"({_operators.Compare(between.Position, ">=", value, low)} "
                    + $"AND {_operators.Compare(between.Position, "<=", value, high)})",
            SqlType.Boolean);
    }

    private Typed TranslateInList(Expression.InList list, Scope scope) => _once.Bind(
        [Translate(list.Value, scope), .. list.Items.Select(item => Translate(item, scope))],
        parts => In(list, parts[0], [.. parts.Skip(1)]),
        isMultiplied: true);

    private Typed In(Expression.InList list, Typed value, List<Typed> items)
    {
        var type = items.Aggregate(
            value.Type, (common, item) => Operators.Comparable(list.Position, "IN", common, item.Type));
        var coerced = items.Select(item => Comparisons.As(item, type)).ToList();
        return new Typed(new Comparisons(_state).In(Comparisons.As(value, type), coerced), SqlType.Boolean);
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
        var results = choice.Branches.Select(branch => Translate(branch.Then, scope)).ToList();
        if (choice.Else is not null)
        {
            results.Add(Translate(choice.Else, scope));
        }

        var type = CommonType(choice.Position, "All CASE results must be the same type", results);
        if (operand is not { } value || !Once.IsVolatile(value.Sql))
        {
            return Choose(choice, scope, operand, results, type);
        }

        // What cannot stand in a lambda is computed before it, wanted or not.
        var binding = new Once.Binding(_state);
        var bound = binding.Add(value);
        var parts = choice.Branches.Select(branch => branch.Then).Concat(choice.Else is null ? [] : [choice.Else])
            .Select((part, i) => Aggregates.IsIn(part) || Once.IsNeeded(results[i].Sql)
                ? binding.Add(results[i])
                : results[i]);
        return binding.Close(Choose(choice, scope, bound, [.. parts], type), isKept: true);
    }

    private Typed Choose(
        Expression.Case choice, Scope scope, Typed? operand, List<Typed> results, SqlType type)
    {
        var whens = choice.Branches.Select(branch => operand is { } value
            ? _operators.Compare(branch.When.Position, "=", value, Translate(branch.When, scope))
            : TranslateCondition(branch.When, scope, "CASE WHEN"));
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
