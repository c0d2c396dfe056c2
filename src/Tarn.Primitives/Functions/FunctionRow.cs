namespace Tarn.Primitives.Functions;

/// <summary>
/// One row of a call of a <see cref="ScalarFunction"/>: its arguments by index, and its result. A getter or setter must
/// fit the declared type. A result that is not set is NULL. Spans are valid until the body returns.
/// </summary>
public abstract class FunctionRow
{
    /// <summary>Arguments of this call.</summary>
    public abstract int Count { get; }

    public abstract bool IsNull(int index);

    public abstract bool GetBoolean(int index);

    /// <summary>INTEGER, or DATE as days since 1970-01-01.</summary>
    public abstract int GetInt32(int index);

    /// <summary>BIGINT, or TIMESTAMP and TIMESTAMPTZ as microseconds since 1970-01-01 UTC.</summary>
    public abstract long GetInt64(int index);

    /// <summary>HUGEINT, or a DECIMAL of more than 18 digits as the unscaled integer.</summary>
    public abstract Int128 GetInt128(int index);

    public abstract float GetSingle(int index);

    public abstract double GetDouble(int index);

    /// <summary>BLOB, or VARCHAR as UTF-8.</summary>
    public abstract ReadOnlySpan<byte> GetBytes(int index);

    public abstract string GetText(int index);

    /// <summary>A list; its elements are read with the same getters, by their index in it.</summary>
    public abstract FunctionRow GetList(int index);

    public abstract void SetNull();

    public abstract void SetBoolean(bool value);

    /// <summary>INTEGER or DATE.</summary>
    public abstract void SetInt32(int value);

    /// <summary>BIGINT, TIMESTAMP or TIMESTAMPTZ.</summary>
    public abstract void SetInt64(long value);

    /// <summary>HUGEINT, or a DECIMAL of more than 18 digits.</summary>
    public abstract void SetInt128(Int128 value);

    public abstract void SetSingle(float value);

    public abstract void SetDouble(double value);

    /// <summary>BLOB, or VARCHAR from valid UTF-8.</summary>
    public abstract void SetBytes(ReadOnlySpan<byte> value);

    public abstract void SetText(string value);

    /// <summary>
    /// A list of so many elements; <paramref name="write"/> sets the result for each, NULL if it does not.
    /// </summary>
    public abstract void SetList(int count, Action<FunctionRow, int> write);
}
