namespace Tarn.DuckDb.Results.Readers;

/// <summary>A column of type NULL.</summary>
internal sealed class NullReader : ValueReader
{
    protected override object? ReadValue(int row) => null;
}
