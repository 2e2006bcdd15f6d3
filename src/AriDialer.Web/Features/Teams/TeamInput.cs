using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;

namespace AriDialer.Web.Features.Teams;

/// <summary>What the form of a team holds.</summary>
internal sealed class TeamInput
{
    [Required(ErrorMessage = "Type the team's name.")]
    [StringLength(Team.NameLength, ErrorMessage = "A team's name may be 80 letters long.")]
    public string Name { get; set; } = "";

    [Display(Name = "Telephone number")]
    [StringLength(60, ErrorMessage = "This is longer than a telephone number.")]
    public string? Number { get; set; }

    public List<string> Members { get; set; } = [];

    [Display(Name = "When nobody of the team takes a call")]
    [EnumDataType(typeof(ForwardTo), ErrorMessage = "Choose one of the list.")]
    public ForwardTo Unanswered { get; set; }

    [Display(Name = "Number to ring")]
    [StringLength(60, ErrorMessage = "This is longer than a telephone number.")]
    public string? UnansweredNumber { get; set; }

    [Display(Name = "Colleague")]
    public string? UnansweredColleague { get; set; }

    [Display(Name = "Whose voicemail")]
    public string? UnansweredMailbox { get; set; }

    public static TeamInput Of(Team team, Func<string, string> write) => new()
    {
        Name = team.Name,
        Number = team.Number is { } number ? write(number) : null,
        Members = [.. team.Members.Select(member => member.UserId)],
        Unanswered = team.WhenUnanswered.To,
        UnansweredNumber = team.WhenUnanswered.Number is { } other ? write(other) : null,
        UnansweredColleague = team.WhenUnanswered.To == ForwardTo.Colleague ? team.WhenUnanswered.UserId : null,
        UnansweredMailbox = team.WhenUnanswered.To == ForwardTo.Voicemail ? team.WhenUnanswered.UserId : null,
    };
}

/// <summary>What was typed, read and checked.</summary>
internal sealed record TeamReading(string Name, string? Number, IReadOnlyList<string> Members, CallForward WhenUnanswered)
{
    public void ApplyTo(Team team)
    {
        (team.Name, team.Number, team.WhenUnanswered) = (Name, Number, WhenUnanswered);
        team.Members.RemoveAll(member => !Members.Contains(member.UserId));
        team.Members.AddRange(Members.Where(userId => team.Members.TrueForAll(member => member.UserId != userId))
            .Select(userId => new TeamMember { TeamId = team.Id, UserId = userId }));
    }
}
