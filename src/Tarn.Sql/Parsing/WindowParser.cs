using Tarn.Sql.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>Windows of OVER and of the WINDOW clause.</summary>
internal sealed class WindowParser(TokenReader tokens, ExpressionParser expressions)
{
    /// <summary>After OVER: a name or a specification.</summary>
    public Window Parse()
    {
        var position = tokens.Position;
        return tokens.AtSymbol("(")
            ? ParseSpecification()
            : new Window(position, tokens.ExpectName("'(', <identifier>"), [], [], null) { IsName = true };
    }

    public Window ParseSpecification()
    {
        var position = tokens.Position;
        tokens.ExpectSymbol("(");
        Identifier? name = null;
        if (tokens.AtName() && !(tokens.AtAny("PARTITION") && tokens.Peek().Is("BY")) && !AtFrame())
        {
            name = tokens.ExpectName();
        }

        var partitionBy = tokens.Accept("PARTITION", "BY") ? tokens.List(expressions.Parse) : [];
        var orderBy = tokens.Accept("ORDER", "BY") ? tokens.List(expressions.ParseOrderItem) : [];
        var frame = AtFrame() ? ParseFrame() : null;
        tokens.ExpectSymbol(")");
        return new Window(position, name, partitionBy, orderBy, frame);
    }

    private bool AtFrame() => tokens.AtAny("ROWS", "RANGE", "GROUPS") && !tokens.Peek().IsSymbol(")");

    private WindowFrame ParseFrame()
    {
        var position = tokens.Position;
        var unit = tokens.ExpectAny("ROWS", "RANGE", "GROUPS");
        if (!tokens.Accept("BETWEEN"))
        {
            return Checked(new WindowFrame(position, unit, ParseBound(), null));
        }

        var start = ParseBound();
        tokens.Expect("AND");
        return Checked(new WindowFrame(position, unit, start, ParseBound()));
    }

    private static WindowFrame Checked(WindowFrame frame)
    {
        var end = frame.End ?? new FrameBound(frame.Position, "CURRENT ROW", null);
        var problem = (frame.Start, end) switch
        {
            ({ Direction: "FOLLOWING", Offset: null }, _) => "Window frame start cannot be UNBOUNDED FOLLOWING",
            (_, { Direction: "PRECEDING", Offset: null }) => "Window frame end cannot be UNBOUNDED PRECEDING",
            ({ Direction: "CURRENT ROW" }, { Direction: "PRECEDING" }) =>
                "Window frame starting from CURRENT ROW cannot end with PRECEDING",
            ({ Direction: "FOLLOWING" }, { Direction: "PRECEDING" }) =>
                "Window frame starting from FOLLOWING cannot end with PRECEDING",
            ({ Direction: "FOLLOWING" }, { Direction: "CURRENT ROW" }) =>
                "Window frame starting from FOLLOWING cannot end with CURRENT ROW",
            _ => null,
        };
        return problem is null ? frame : throw SqlErrors.Invalid("INVALID_WINDOW_FRAME", frame.Position, problem);
    }

    private FrameBound ParseBound()
    {
        var position = tokens.Position;
        if (tokens.Accept("CURRENT", "ROW"))
        {
            return new FrameBound(position, "CURRENT ROW", null);
        }

        if (tokens.At("UNBOUNDED") && (tokens.Peek().Is("PRECEDING") || tokens.Peek().Is("FOLLOWING")))
        {
            tokens.Next();
            return new FrameBound(position, tokens.ExpectAny("FOLLOWING", "PRECEDING"), null);
        }

        var offset = expressions.ParseOperand();
        return new FrameBound(position, tokens.ExpectAny("FOLLOWING", "PRECEDING"), offset);
    }
}
