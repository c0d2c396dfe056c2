using Tarn.DuckDb.Native;

namespace Tarn.DuckDb.Results.Readers;

/// <summary>Reads the cells of one vector as objects. Bound to each chunk's vector in turn.</summary>
internal abstract class ValueReader
{
    protected UnsafeVector Vector { get; private set; }

    public virtual void Bind(nint vector) => Vector = new UnsafeVector(vector);

    public object? Read(int row) => Vector.IsNull(row) ? null : ReadValue(row);

    protected abstract object? ReadValue(int row);
}
