package cli

import (
	"context"

	"fourfactor/juhe/lookup"
)

// show prints how a look-up ended, and says so if the ledger does not hold it.
func (p *plain) show(rec lookup.Record) error {
	if err := p.printSafe(p.s, rec, false, false); err != nil {
		return err
	}
	if rec.RecordErr != nil {
		p.tell("fourfactor: %s\n", p.unsavedText(p.s, rec))
	}
	return nil
}

// choose asks what to do with a result, until it is to be sent once more or the
// operator goes on.
func (p *plain) choose(ctx context.Context, rec lookup.Record) (consent lookup.Consent, again bool, err error) {
	for {
		asked := p.Now()
		line, err := p.line(ctx, p.words.Plain.Choose)
		if err != nil {
			return consent, false, err
		}
		switch choice := folded(line); {
		case choice == "":
			return consent, false, nil
		case choice == "?":
			p.tell("%s\n", p.words.Plain.Help)
		case choice == "x":
			err = p.showPerson(ctx, rec)
		case choice == "j":
			err = p.printSafe(p.s, rec, false, true)
		case choice == "a" && p.tooSoon(asked): // it may send without a further question
			p.tell("%s\n", p.words.Plain.TooSoon)
		case choice == "a":
			consent, again, err = p.onceMore(ctx, rec)
		default:
			p.tell("%s\n", p.words.Plain.NoChoice)
		}
		if again || err != nil {
			return consent, again, err
		}
	}
}

// showPerson prints a result with the person in full, if the audit trail takes it.
func (p *plain) showPerson(ctx context.Context, rec lookup.Record) error {
	reveal, untraced := p.reveal(ctx, p.s, true, rec)
	if untraced != nil {
		p.tell("fourfactor: %s\n", untraced)
		return nil
	}
	return p.printSafe(p.s, rec, reveal, false)
}

// onceMore asks whether to send once more what may have been paid for.
func (p *plain) onceMore(ctx context.Context, rec lookup.Record) (lookup.Consent, bool, error) {
	question, about, yes := lookup.ResendConsent(rec)
	if question == lookup.ConsentNotNeeded {
		return yes, true, nil
	}
	text, what := p.question(question, rec, about, nil)
	on, err := p.sure(ctx, text, what)
	return yes, on, err
}
