using System.Text;
using Tarn.DuckDb.JsonRecords;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Lines;

/// <summary>Decimals from text, rounded half up.</summary>
internal static class DecimalCell
{
    /// <summary>False: the text is no number, or one that does not fit the type.</summary>
    public static bool TryRead<TSink>(ReadOnlySpan<byte> text, SqlType type, TSink sink)
        where TSink : struct, IValueSink
    {
        if (type.Precision <= LineField.NativeDigitsMax)
        {
            if (!NumberText.TryParseDecimal(text, type.Precision, type.Scale, out var unscaled))
            {
                return false;
            }

            sink.Decimal(unscaled, type.Scale);
            return true;
        }

        if (WideDecimal.Parse(text, type.Precision, type.Scale) is not { } wide)
        {
            return false;
        }

        sink.Decimal(Encoding.ASCII.GetBytes(wide));
        return true;
    }
}
