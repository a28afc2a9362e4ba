import { Button, Modal } from 'antd';
import { chordText } from '../../viewer/keys.ts';
import { useEcgDesk } from '../desk.ts';
import { type EcgCommand, ecgCommands, ecgKeys } from '../keys.ts';
import type { EcgText } from '../texts.ts';

const groups: readonly { readonly name: EcgText; readonly families: readonly string[] }[] = [
  { name: 'group.time', families: ['time', 'lead'] },
  { name: 'group.look', families: ['layout', 'order', 'speed', 'gain', 'filter', 'notch', 'zoom'] },
  { name: 'group.caliper', families: ['tool', 'caliper'] },
  { name: 'group.other', families: ['panel', 'compare', 'save', 'print', 'follow', 'help'] },
];

interface HelpProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** All keys with what they do. */
export function Help({ isOpen, onClose }: HelpProps) {
  const { say, company } = useEcgDesk();
  const familyOf = (command: EcgCommand) => command.split('.')[0] as string;
  const leave = (
    <Button key="close" type="primary" onClick={onClose}>
      {say('close')}
    </Button>
  );
  return (
    <Modal open={isOpen} onCancel={onClose} title={say('keys')} width={980} centered footer={[leave]} destroyOnHidden>
      <p>{say('mouseHint')}</p>
      <div className="lze-help" data-testid="ecg-help">
        {groups.map(({ name, families }) => (
          <section key={name}>
            <h4>{say(name)}</h4>
            {ecgCommands
              .filter((command) => families.includes(familyOf(command)) && (company || familyOf(command) !== 'follow'))
              .map((command) => (
                <p key={command}>
                  <span>{say(`command.${command}`)}</span>
                  <kbd>{ecgKeys[command].map(chordText).join(' / ')}</kbd>
                </p>
              ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
