using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Functions.Native;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>
/// The regexp_ functions. A literal pattern is checked here, so that its error has a position; DuckDB's RE2 does what
/// means the same there, the functions in C# the rest.
/// </summary>
internal static class Patterns
{
    public static Typed? Like(SpecialCall call)
    {
        var (text, pattern, java) = Read(call, 2, 2);
        return new Typed(
            java?.Re2 is { } re2 ? $"regexp_matches({text}, {DuckText.Text(re2)})"
                : $"tarn_regexp_like({text}, {pattern})",
            SqlType.Boolean);
    }

    public static Typed? Extract(SpecialCall call)
    {
        var (text, pattern, java) = Read(call, 2, 3);
        var group = call.Count == 3 ? Whole(call, 2) : "0";
        if (java is not null && call.Count == 3 && call.Call.Arguments[2] is Expression.Literal { Text: { } number })
        {
            Check(call, 2, () => java.RequireGroup(long.Parse(number, null)));
        }

        var isAll = call.Call.Name == "regexp_extract_all";
        var type = isAll ? SqlType.Array(SqlType.Varchar) : SqlType.Varchar;
        if (group != "0" || java?.Re2 is not { } re2)
        {
            return new Typed($"tarn_{call.Call.Name}({text}, {pattern}, {group})", type);
        }

        var literal = DuckText.Text(re2);
        return isAll
            ? new Typed($"regexp_extract_all({text}, {literal})", type)
            : new Typed(
                $"(CASE WHEN regexp_matches({text}, {literal}) THEN regexp_extract({text}, {literal}) END)", type);
    }

    public static Typed? Replace(SpecialCall call)
    {
        var (text, pattern, java) = Read(call, 2, 3);
        if (call.Count == 3 && call.Call.Arguments[2] is Expression.Lambda)
        {
            return ReplaceWithLambda(call, text, pattern);
        }

        var replacement = call.Count == 2 ? "" : LiteralOf(call, 2);
        if (java?.Re2 is { } re2 && replacement is not null && Groups(replacement, java.GroupCount) is { } groups)
        {
            return new Typed(
                $"regexp_replace({text}, {DuckText.Text(re2)}, {DuckText.Text(groups)}, 'g')", SqlType.Varchar);
        }

        var value = call.Count == 2 ? "''" : Varchar(call, 2);
        return new Typed($"tarn_regexp_replace({text}, {pattern}, {value})", SqlType.Varchar);
    }

    public static Typed? Count(SpecialCall call)
    {
        var (text, pattern, _) = Read(call, 2, 2);
        return new Typed($"tarn_regexp_count({text}, {pattern})", SqlType.BigInt);
    }

    public static Typed? Split(SpecialCall call)
    {
        var (text, pattern, _) = Read(call, 2, 2);
        return new Typed($"tarn_regexp_split({text}, {pattern})", SqlType.Array(SqlType.Varchar));
    }

    public static Typed? Position(SpecialCall call)
    {
        var (text, pattern, _) = Read(call, 2, 4);
        var start = call.Count > 2 ? Whole(call, 2) : "1";
        var occurrence = call.Count > 3 ? Whole(call, 3) : "1";
        return new Typed($"tarn_regexp_position({text}, {pattern}, {start}, {occurrence})", SqlType.BigInt);
    }

    private static Typed ReplaceWithLambda(SpecialCall call, string text, string pattern)
    {
        if (call.Lambda(2, SqlType.Array(SqlType.Varchar)) is not { Body.Type.Kind: TypeKind.Varchar } lambda)
        {
            throw SqlErrors.TypeMismatch(
                call.Call.Arguments[2].Position, "regexp_replace takes a lambda from the groups to a varchar");
        }

        // The last piece has no match; each other one is what stands before the match, and the groups.
        var (pieces, piece) = (call.State.NewName("p"), call.State.NewName("p"));
        var replaced = $"list_transform([{piece}[3:]], lambda {lambda.Parameters}: coalesce({lambda.Body.Sql}, ''))[1]";
        return new Typed(
            $"(list_transform([tarn_regexp_pieces({text}, {pattern})], lambda {pieces}: array_to_string(list_transform("
                + $"{pieces}, lambda {piece}: CASE WHEN len({piece}) > 1 "
                + $"THEN {piece}[1] || {replaced} ELSE {piece}[1] END), ''))[1])",
            SqlType.Varchar);
    }

    private static (string Text, string Pattern, JavaPattern? Java) Read(SpecialCall call, int least, int most)
    {
        call.RequireArguments(least, most);
        var (text, pattern) = (Varchar(call, 0), Varchar(call, 1));
        if (LiteralOf(call, 1) is not { } literal)
        {
            return (text, pattern, null);
        }

        JavaPattern? java = null;
        Check(call, 1, () => java = JavaPattern.Of(literal));
        return (text, pattern, java);
    }

    private static void Check(SpecialCall call, int argument, Action check)
    {
        try
        {
            check();
        }
        catch (TarnException exception)
        {
            throw SqlErrors.Invalid(
                exception.Code ?? "INVALID_FUNCTION_ARGUMENT",
                call.Call.Arguments[argument].Position,
                exception.Message);
        }
    }

    private static string? LiteralOf(SpecialCall call, int index) =>
        call.Call.Arguments[index] is Expression.Literal { Type.Kind: TypeKind.Varchar, Text: { } text } ? text : null;

    private static string Varchar(SpecialCall call, int index) =>
        call[index].Type.Kind is TypeKind.Varchar or TypeKind.Unknown
            ? DuckText.Coerce(call[index], SqlType.Varchar)
            : throw call.Mismatch();

    private static string Whole(SpecialCall call, int index) =>
        call[index].Type.IsInteger || call[index].Type.Kind == TypeKind.Unknown
            ? call.Call.Arguments[index] is Expression.Literal { Text: { } text }
                ? text
                : DuckText.Coerce(call[index], SqlType.BigInt)
            : throw call.Mismatch();

    /// <summary>Java's <c>$1</c> as RE2's <c>\1</c>; null for what only C# expands.</summary>
    private static string? Groups(string replacement, int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            var next = i + 1 < replacement.Length ? replacement[i + 1] : '\0';
            switch (replacement[i])
            {
                case '$' when next - '0' <= count && char.IsAsciiDigit(next)
                        && (i + 2 == replacement.Length || !char.IsAsciiDigit(replacement[i + 2])):
                    text.Append('\\').Append(next);
                    i++;
                    break;
                case '$':
                    return null;
                case '\\' when next is '\\' or '$':
                    text.Append(next == '\\' ? "\\\\" : "$");
                    i++;
                    break;
                case '\\':
                    return null;
                default:
                    text.Append(replacement[i]);
                    break;
            }
        }

        return text.ToString();
    }
}
