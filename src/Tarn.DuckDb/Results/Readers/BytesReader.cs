namespace Tarn.DuckDb.Results.Readers;

/// <summary>Cells of varying length: VARCHAR, BLOB, BIT.</summary>
internal sealed class BytesReader(BytesReader.Convert convert) : ValueReader
{
    internal delegate object Convert(ReadOnlySpan<byte> bytes);

    protected override object ReadValue(int row) => convert(Vector.GetBytes(row));
}
