using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.Batches;

/// <summary>Writes a value held as a long by the setter of its type.</summary>
internal static class CellWriter
{
    public static void Write(ColumnWriter writer, int column, int row, long value, CellType type)
    {
        switch (type.Kind)
        {
            case CellKind.Boolean:
                writer.SetBoolean(column, row, value != 0);
                break;
            case CellKind.Int32:
                writer.SetInt32(column, row, (int)value);
                break;
            case CellKind.Date:
                writer.SetDate(column, row, (int)value);
                break;
            case CellKind.Timestamp:
                writer.SetTimestamp(column, row, value);
                break;
            case CellKind.Decimal:
                writer.SetDecimal(column, row, value);
                break;
            default:
                writer.SetInt64(column, row, value);
                break;
        }
    }
}
