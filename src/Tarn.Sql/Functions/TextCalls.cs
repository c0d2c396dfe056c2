using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>String functions that more than types decide: a form's name, arguments of any type.</summary>
internal static class TextCalls
{
    /// <summary>Strings, arrays or binaries.</summary>
    public static Typed? Concat(SpecialCall call)
    {
        call.RequireArguments(2, int.MaxValue);
        if (Enumerable.Range(0, call.Count).All(i => call[i].Type.Kind == TypeKind.Varbinary))
        {
            var parts = Enumerable.Range(0, call.Count).Select(i => call[i].Sql);
            return new Typed($"({string.Join(" || ", parts)})", SqlType.Varbinary);
        }

        return Enumerable.Range(1, call.Count - 1)
            .Aggregate(call[0], (left, i) => call.Operator("||", left, call[i]));
    }

    /// <summary>The form is a word, not a text: <c>normalize(x, NFD)</c>.</summary>
    public static Typed? Normalize(SpecialCall call)
    {
        call.RequireArguments(1, 2);
        if (call.Count == 1)
        {
            return null;
        }

        var form = call.Call.Arguments[1] switch
        {
            Expression.Reference { Parts: [var word] } => word.Text.ToUpperInvariant(),
            Expression.Literal { Text: { } text } => text.ToUpperInvariant(),
            _ => "",
        };
        if (form is not ("NFC" or "NFD" or "NFKC" or "NFKD"))
        {
            throw SqlErrors.Syntax(call.Call.Arguments[1].Position, "normalize takes NFD, NFC, NFKD or NFKC");
        }

        if (form != "NFC")
        {
            throw SqlErrors.Unsupported(
                call.Call.Arguments[1].Position, $"normalize to {form} is not supported", "NFC is");
        }

        return call[0].Type.Kind is TypeKind.Varchar or TypeKind.Unknown
            ? new Typed($"nfc_normalize({DuckText.Coerce(call[0], SqlType.Varchar)})", SqlType.Varchar)
            : throw call.Mismatch();
    }

    /// <summary>Arguments go as text, with a letter each that says what they were.</summary>
    public static Typed? Format(SpecialCall call)
    {
        call.RequireArguments(2, int.MaxValue);
        if (call[0].Type.Kind != TypeKind.Varchar)
        {
            throw call.Mismatch();
        }

        var kinds = "";
        var values = new List<string>();
        for (var i = 1; i < call.Count; i++)
        {
            kinds += call[i].Type switch
            {
                { IsInteger: true } => 'i',
                { Kind: TypeKind.Decimal } => 'n',
                { IsFloating: true } => 'f',
                { Kind: TypeKind.Boolean } => 'b',
                _ => 's',
            };
            values.Add(call.AsVarchar(i).Sql);
        }

        return new Typed(
            $"tarn_format({call[0].Sql}, '{kinds}', CAST([{string.Join(", ", values)}] AS VARCHAR[]))",
            SqlType.Varchar);
    }
}
