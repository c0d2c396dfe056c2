using Tarn.Sql.Errors;
using Tarn.Sql.Functions.Native;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>JSON_EXISTS, JSON_VALUE, JSON_QUERY, JSON_OBJECT and JSON_ARRAY.</summary>
internal sealed class JsonTranslator(TranslationState state, ExpressionTranslator expressions)
{
    public Typed Translate(Expression.JsonPath call, Scope scope)
    {
        if (call.Passing.Count > 0)
        {
            throw SqlErrors.Unsupported(call.Position, $"{call.Name} with PASSING is not supported");
        }

        CheckPath(call);
        var input = expressions.Translate(call.Input.Value, scope);
        if (input.Type.Kind is not (TypeKind.Varchar or TypeKind.Json or TypeKind.Unknown)
            || call.Input.Format is not (null or "JSON"))
        {
            throw SqlErrors.TypeMismatch(
                call.Input.Value.Position, $"Cannot read input of type {input.Type} as JSON", "pass a varchar");
        }

        var items = $"tarn_json_items({DuckText.Coerce(input, SqlType.Varchar)}, {DuckText.Text(call.Path)})";
        return call.Name switch
        {
            "json_exists" => Exists(call, items),
            "json_value" => Value(call, items, scope),
            _ => Query(call, items),
        };
    }

    public Typed Translate(Expression.JsonObject call, Scope scope)
    {
        if (call.IsAbsentOnNull || call.WithUniqueKeys)
        {
            throw SqlErrors.Unsupported(
                call.Position, "json_object with ABSENT ON NULL or WITH UNIQUE KEYS is not supported");
        }

        RequireVarchar(call.Position, call.Returning);
        var parts = call.Members.SelectMany(member =>
        {
            var key = expressions.Translate(member.Key, scope);
            return key.Type.Kind == TypeKind.Varchar
                ? new[] { key.Sql, Input(member.Value, scope) }
                : throw SqlErrors.TypeMismatch(member.Key.Position, $"Invalid type of JSON object key: {key.Type}");
        });
        return new Typed($"CAST(json_object({string.Join(", ", parts)}) AS VARCHAR)", SqlType.Varchar);
    }

    public Typed Translate(Expression.JsonArray call, Scope scope)
    {
        RequireVarchar(call.Position, call.Returning);
        var items = string.Join(", ", call.Items.Select(item => Input(item, scope)));
        var list = $"CAST([{items}] AS JSON[])";
        list = call.IsNullOnNull ? list : $"list_filter({list}, lambda v: v IS NOT NULL)";
        return new Typed($"CAST(to_json({list}) AS VARCHAR)", SqlType.Varchar);
    }

    private static void CheckPath(Expression.JsonPath call)
    {
        try
        {
            _ = new JsonSqlPath(call.Path);
        }
        catch (Primitives.Errors.TarnException exception)
        {
            throw SqlErrors.Unsupported(call.Position, exception.Message, exception.Hint);
        }
    }

    private static Typed Exists(Expression.JsonPath call, string items)
    {
        var sql = $"(len({items}) > 0)";
        var onError = call.OnError?.Kind switch { "TRUE" => "true", "UNKNOWN" => "NULL", _ => "false" };
        return new Typed(OnError(sql, call.OnError?.Kind, onError), SqlType.Boolean);
    }

    private Typed Value(Expression.JsonPath call, string items, Scope scope)
    {
        var type = call.Returning?.Type ?? SqlType.Varchar;
        var name = state.NewName("l");
        var outer = state.IsInTry;
        state.IsInTry = true;
        var placeholder = new Expression.Literal(call.Position, null, SqlType.Varchar);
        var scalar = Casts.Translate(
            new Expression.Cast(call.Position, placeholder, type, call.Returning?.Length, IsTry: false),
            new Typed($"tarn_json_single_scalar({name})", SqlType.Varchar),
            state);
        state.IsInTry = outer;
        var onEmpty = call.OnEmpty?.Kind == "ERROR" ? scalar.Sql : Default(call.OnEmpty, type, scope);
        var sql = $"list_transform([{items}], lambda {name}: CASE WHEN {name} IS NULL THEN NULL "
            + $"WHEN len({name}) = 0 THEN {onEmpty} ELSE {scalar.Sql} END)[1]";
        return new Typed(OnError(sql, call.OnError?.Kind, Default(call.OnError, type, scope)), scalar.Type);
    }

    private Typed Query(Expression.JsonPath call, string items)
    {
        RequireVarchar(call.Position, call.Returning);
        var name = state.NewName("l");
        var keepsQuotes = call.Quotes == "OMIT" ? "false" : "true";
        var single = $"tarn_json_single({name}, {DuckText.Text(call.Wrapper ?? "WITHOUT")}, {keepsQuotes})";
        var onEmpty = call.OnEmpty?.Kind == "ERROR" ? single : Empty(call.OnEmpty);
        var sql = $"list_transform([{items}], lambda {name}: CASE WHEN {name} IS NULL THEN NULL "
            + $"WHEN len({name}) = 0 THEN {onEmpty} ELSE {single} END)[1]";
        return new Typed(OnError(sql, call.OnError?.Kind, Empty(call.OnError)), SqlType.Varchar);
    }

    /// <summary>A list around the value tells an error from a NULL.</summary>
    private static string OnError(string sql, string? kind, string otherwise) => kind == "ERROR"
        ? sql
        : $"(coalesce(TRY([{sql}]), [{otherwise}])[1])";

    private string Default(JsonBehavior? behavior, SqlType type, Scope scope)
    {
        if (behavior?.Default is not { } value)
        {
            return $"CAST(NULL AS {type.DuckDbName})";
        }

        var typed = expressions.Translate(value, scope);
        return Coercion.CanCoerce(typed.Type, type)
            ? DuckText.Coerce(typed, type)
            : throw SqlErrors.TypeMismatch(value.Position, $"DEFAULT of type {typed.Type} is no {type}");
    }

    private static string Empty(JsonBehavior? behavior) => behavior?.Kind switch
    {
        "EMPTY ARRAY" => "'[]'",
        "EMPTY OBJECT" => "'{}'",
        _ => "CAST(NULL AS VARCHAR)",
    };

    private static void RequireVarchar(SqlPosition position, JsonReturning? returning)
    {
        if (returning is { } given && given.Type.Kind != TypeKind.Varchar)
        {
            throw SqlErrors.Unsupported(position, $"RETURNING {given.Type} is not supported", "RETURNING varchar is");
        }
    }

    private string Input(JsonInput input, Scope scope)
    {
        var value = expressions.Translate(input.Value, scope);
        if (input.Format is not null || value.Type.Kind == TypeKind.Json
            || input.Value is Expression.JsonPath { Name: "json_query" }
                or Expression.JsonObject or Expression.JsonArray)
        {
            return $"CAST({value.Sql} AS JSON)";
        }

        return value.Type switch
        {
            { Kind: TypeKind.Unknown } => "CAST(NULL AS JSON)",
            { IsNumeric: true } or { Kind: TypeKind.Varchar or TypeKind.Boolean } => $"to_json({value.Sql})",
            _ => throw SqlErrors.TypeMismatch(
                input.Value.Position, $"Cannot write {value.Type} as JSON", "CAST it to varchar"),
        };
    }
}
