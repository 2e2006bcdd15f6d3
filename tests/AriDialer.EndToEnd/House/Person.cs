namespace AriDialer.EndToEnd.House;

/// <summary>Somebody who has an account in the house: the people of a demonstration.</summary>
internal sealed record Person(string Email, string Name, string? Number)
{
    public static readonly Person Administrator = new("admin@example.com", "Ada Admin", null);
    public static readonly Person Supervisor = new("supervisor@example.com", "Sam Supervisor", null);
    public static readonly Person Alice = new("agent1@example.com", "Alice Agent", "+12025550101");
    public static readonly Person Bob = new("agent2@example.com", "Bob Agent", "+12025550102");
}
