using System.ComponentModel.DataAnnotations;
using AriDialer.Web.Data;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>What the form of a rule holds.</summary>
internal sealed class RuleInput
{
    public const int LongestKept = 36500;

    public string? Person { get; set; }

    public string? Team { get; set; }

    public CallDirection? Direction { get; set; }

    [Display(Name = "Country or beginning of the number")]
    [StringLength(80, ErrorMessage = "This is longer than a telephone number.")]
    public string? NumberBegins { get; set; }

    [Display(Name = "Recording")]
    public RecordingMode Mode { get; set; } = RecordingMode.OnDemand;

    [Display(Name = "Announce it")]
    public bool Announce { get; set; }

    [Display(Name = "Beep")]
    public bool Beep { get; set; }

    [Display(Name = "Keep for (days)")]
    [Range(1, LongestKept, ErrorMessage = "Recordings are kept for 1 to 36500 days, or for ever: then leave it empty.")]
    public int? KeepDays { get; set; }

    public static RuleInput Of(RecordingRuleEntry rule) => new()
    {
        Person = rule.UserId,
        Team = rule.TeamId,
        Direction = rule.Direction,
        NumberBegins = rule.NumberBegins,
        Mode = rule.Mode,
        Announce = rule.Announce,
        Beep = rule.Beep,
        KeepDays = rule.KeepDays,
    };

    /// <summary>Makes of what was typed what is stored, or says beside the field what is wrong.</summary>
    public bool TryRead(NumberBeginnings numbers, RuleForm form, ModelStateDictionary modelState)
    {
        Person = string.IsNullOrEmpty(Person) ? null : Person;
        if (Person is not null && form.People.All(person => person.Value != Person))
            modelState.AddModelError($"Input.{nameof(Person)}", "Choose one of the list.");

        Team = string.IsNullOrEmpty(Team) ? null : Team;
        if (Team is not null && form.Teams.All(team => team.Value != Team))
            modelState.AddModelError($"Input.{nameof(Team)}", "Choose one of the list.");
        else if (Team is not null && Direction == CallDirection.Outbound)
            modelState.AddModelError($"Input.{nameof(Team)}", "Calls to the network go to no team. Choose another direction, or leave this empty.");

        if (string.IsNullOrWhiteSpace(NumberBegins))
        {
            NumberBegins = null;
        }
        else if (Direction == CallDirection.Internal)
        {
            modelState.AddModelError($"Input.{nameof(NumberBegins)}", "Calls between people here have no number outside. Leave this empty.");
        }
        else if (modelState.IsValid)
        {
            var read = numbers.Read(NumberBegins);
            if (read.Sentence is { } sentence)
                modelState.AddModelError($"Input.{nameof(NumberBegins)}", sentence);
            NumberBegins = read.Begins ?? NumberBegins;
        }

        return modelState.IsValid;
    }

    /// <summary>Writes what was read into a rule.</summary>
    public void ApplyTo(RecordingRuleEntry rule)
    {
        (rule.UserId, rule.TeamId, rule.Direction, rule.NumberBegins) = (Person, Team, Direction, NumberBegins);
        // What is never recorded is never announced either.
        (rule.Mode, rule.Announce, rule.Beep) = (Mode, Announce && Mode != RecordingMode.Never, Beep && Mode != RecordingMode.Never);
        rule.KeepDays = KeepDays;
    }
}
