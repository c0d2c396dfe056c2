namespace Tarn.DuckDb.Results.Readers;

/// <summary>Cells of a fixed width.</summary>
internal sealed class ScalarReader<T>(Func<T, object> convert) : ValueReader
    where T : unmanaged
{
    protected override object ReadValue(int row) => convert(Vector.Get<T>(row));
}
